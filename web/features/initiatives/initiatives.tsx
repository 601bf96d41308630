import { ActionIcon, Group, Menu } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import IconDots from '@tabler/icons-react/icons/IconDots';
import { useInfiniteQuery } from '@tanstack/react-query';
import { type ReactNode, useMemo } from 'react';
import type * as z from 'zod/mini';
import {
  type Initiative,
  type InitiativePage,
  InitiativeStatus,
} from '../../../domain/initiative/initiative.schema.ts';
import { instanceOfKpi, type Kpi, teamOf } from '../../../domain/kpi/kpi.schema.ts';
import type { Team } from '../../../domain/team/team.schema.ts';
import { initiativeRoutes } from '../../../functions/http/initiative/routes.ts';
import { MemberName } from '../../components/kpi.tsx';
import { Day } from '../../components/labels.tsx';
import { KpiLink } from '../../components/links.tsx';
import { MenuItem } from '../../components/menu-item.tsx';
import { useErrorNotice } from '../../components/notify.tsx';
import { NewButton } from '../../components/page.tsx';
import { paging } from '../../components/query-view.tsx';
import { Empty } from '../../components/states.tsx';
import { StatusBadge, type Tone } from '../../components/status-badge.tsx';
import type { Column } from '../../components/table/column.ts';
import { ListTable } from '../../components/table/list-table.tsx';
import { useChange } from '../../lib/change.ts';
import { useMay } from '../../lib/member.tsx';
import { initiativesKey } from '../../lib/queries.ts';
import { useSession } from '../../lib/session.tsx';
import { useFormats, useTexts } from '../../text/language.tsx';
import {
  CreateDialog,
  DeleteDialog,
  EditDialog,
  type Place,
  paramsOf,
  useWriting,
} from './initiative-dialogs.tsx';

/** The available actions: the owner may set the status, those who may delete it may do everything. */
function InitiativeActions({ one }: { readonly one: Initiative }) {
  const { initiatives: texts } = useTexts();
  const { organizationId, teamId, ownerId, title, revision } = one;
  const may = useMay(organizationId);
  const [editing, edit] = useDisclosure(false);
  const [deleting, askToDelete] = useDisclosure(false);
  const { api, onSettled } = useWriting(organizationId);
  const setting = useChange({
    mutationFn: (status: InitiativeStatus) =>
      api(initiativeRoutes.updateInitiative, { params: paramsOf(one), body: { status }, revision }),
    onError: useErrorNotice(),
    onSettled,
  });
  if (!may('update', 'Initiative', { teamId, userId: ownerId })) return null;
  const isManaged = may('delete', 'Initiative', { teamId });
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={texts.actionsOf(title)}
            loading={setting.isPending}
          >
            <IconDots size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {InitiativeStatus.options
            .filter((status) => status !== one.status)
            .map((status) => (
              <MenuItem key={status} onClick={() => setting.mutate(status)}>
                {texts.setTo(texts.statuses[status])}
              </MenuItem>
            ))}
          {isManaged && <MenuItem onClick={edit.open}>{texts.edit}</MenuItem>}
          {isManaged && (
            <MenuItem color="red" onClick={askToDelete.open}>
              {texts.delete}
            </MenuItem>
          )}
        </Menu.Dropdown>
      </Menu>
      {editing && <EditDialog one={one} onClose={edit.close} />}
      {deleting && <DeleteDialog one={one} onClose={askToDelete.close} />}
    </>
  );
}

const tones: Readonly<Record<InitiativeStatus, Tone>> = {
  planned: 'neutral',
  active: 'info',
  done: 'good',
  dropped: 'neutral',
};

/** Whether it is past its due date and not done. */
const isOverdue = ({ dueDate, status }: Initiative, now: Date): boolean =>
  (status === 'planned' || status === 'active') && dueDate < now.toISOString().slice(0, 10);

function Due({ one }: { readonly one: Initiative }) {
  const { initiatives: texts } = useTexts();
  return (
    <Group gap={6} wrap="nowrap">
      <Day at={one.dueDate} />
      {isOverdue(one, new Date()) && <StatusBadge tone="bad">{texts.overdue}</StatusBadge>}
    </Group>
  );
}

/** The columns of a list of initiatives, with the KPI where they belong to several. */
function useInitiativeColumns(showsKpi: boolean): readonly Column<Initiative>[] {
  const { initiatives: texts, common, kpis } = useTexts();
  const { date } = useFormats();
  return useMemo(() => {
    const columns: readonly Column<Initiative>[] = [
      {
        id: 'title',
        title: texts.title,
        cell: ({ title, notes }) => (
          <bdi title={notes === undefined ? title : `${title}\n${notes}`}>{title}</bdi>
        ),
        text: ({ title }) => title,
        sort: ({ title }) => title,
      },
      {
        id: 'status',
        title: texts.status,
        width: 120,
        cell: ({ status }) => <StatusBadge tone={tones[status]}>{texts.statuses[status]}</StatusBadge>,
        text: ({ status }) => texts.statuses[status],
        sort: ({ status }) => InitiativeStatus.options.indexOf(status),
        phone: 'fact',
      },
      {
        id: 'kpi',
        title: texts.kpi,
        cell: ({ organizationId, kpiId, kpiName }) => (
          <KpiLink organizationId={organizationId} kpiId={kpiId} name={kpiName} />
        ),
        text: ({ kpiName }) => kpiName,
        sort: ({ kpiName }) => kpiName,
        phone: 'hidden',
      },
      {
        id: 'owner',
        title: texts.ownerId,
        cell: ({ organizationId, ownerId, ownerName }) => (
          <MemberName organizationId={organizationId} userId={ownerId} name={ownerName} />
        ),
        text: ({ ownerName }) => ownerName ?? kpis.formerMember,
        sort: ({ ownerName }) => ownerName,
        phone: 'fact',
      },
      {
        id: 'due',
        title: texts.dueDate,
        width: 200,
        cell: (one) => <Due one={one} />,
        text: ({ dueDate }) => date(dueDate),
        sort: ({ dueDate }) => dueDate,
        phone: 'fact',
      },
      { id: 'notes', title: texts.notes, cell: ({ notes = '' }) => notes, phone: 'hidden' },
      {
        id: 'actions',
        title: common.actions,
        width: 56,
        actions: true,
        cell: (one) => <InitiativeActions one={one} />,
      },
    ];
    return columns.filter(({ id }) => showsKpi || id !== 'kpi');
  }, [texts, common, kpis, date, showsKpi]);
}

/** The initiatives on a KPI, with a button for a new one where allowed. */
export function InitiativesOfKpi({ kpi }: { readonly kpi: Kpi }) {
  const { api } = useSession();
  const { initiatives: texts } = useTexts();
  const may = useMay(kpi.organizationId);
  const [creating, { open, close }] = useDisclosure(false);
  const { organizationId, id: kpiId } = kpi;
  const params = { organizationId, kpiId };
  return (
    <>
      <Listed
        actions={
          may('create', 'Initiative', instanceOfKpi(kpi)) && <NewButton title={texts.newOne} onClick={open} />
        }
        id={kpiId}
        place={{ organizationId, teamId: teamOf(kpi) }}
        read={(asked) => api(initiativeRoutes.listInitiatives, { params, ...asked })}
      />
      {creating && <CreateDialog kpi={kpi} onClose={close} />}
    </>
  );
}

/** The initiatives on a team's KPIs. */
export function InitiativesOfTeam({ team: { organizationId, id: teamId } }: { readonly team: Team }) {
  const { api } = useSession();
  const params = { organizationId, teamId };
  const read: ListedProps['read'] = (asked) =>
    api(initiativeRoutes.listTeamInitiatives, { params, ...asked });
  return <Listed id={teamId} place={params} read={read} showsKpi />;
}

interface ListedProps {
  /** The owner's id. */
  readonly id: string;
  readonly place: Place;
  readonly read: (asked: {
    readonly query: { readonly cursor: string | undefined; readonly limit: number };
    readonly signal: AbortSignal;
  }) => Promise<z.infer<typeof InitiativePage>>;
  readonly showsKpi?: boolean;
  readonly actions?: ReactNode;
}

const keyOf = ({ id }: Initiative) => id;

function Listed({ id, place, read, showsKpi = false, actions }: ListedProps) {
  const { initiatives: texts } = useTexts();
  const query = useInfiniteQuery({
    ...paging,
    queryKey: [...initiativesKey(place.organizationId), id],
    queryFn: ({ pageParam: cursor, signal }) => read({ query: { cursor, limit: 100 }, signal }),
  });
  const columns = useInitiativeColumns(showsKpi);
  return (
    <ListTable
      name="initiatives"
      label={texts.all}
      columns={columns}
      query={query}
      keyOf={keyOf}
      actions={actions}
      empty={<Empty title={texts.none}>{texts.noneText}</Empty>}
    />
  );
}
