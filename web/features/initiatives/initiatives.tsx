import { ActionIcon, Anchor, Button, Menu } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type * as z from 'zod/mini';
import {
  type Initiative,
  type InitiativePage,
  InitiativeStatus,
} from '../../../domain/initiative/initiative.schema.ts';
import { instanceOfKpi, type Kpi, teamOf } from '../../../domain/kpi/kpi.schema.ts';
import type { Team } from '../../../domain/team/team.schema.ts';
import { initiativeRoutes } from '../../../functions/http/initiative/routes.ts';
import { Day } from '../../components/labels.tsx';
import { MenuItem } from '../../components/menu-item.tsx';
import { useErrorNotice } from '../../components/notify.tsx';
import { paging } from '../../components/query-view.tsx';
import { Empty } from '../../components/states.tsx';
import type { Column } from '../../components/table/column.ts';
import { ListTable } from '../../components/table/list-table.tsx';
import { useChange } from '../../lib/change.ts';
import { useMay } from '../../lib/member.tsx';
import { useSession } from '../../lib/session.tsx';
import { useTexts } from '../../text/language.tsx';
import {
  CreateDialog,
  DeleteDialog,
  EditDialog,
  initiativesKey,
  type Place,
  paramsOf,
  usePeople,
  useWriting,
} from './initiative-dialogs.tsx';

/** The initiatives on a KPI, on its page; and for who may, a new one. */
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
          may('create', 'Initiative', instanceOfKpi(kpi)) && <Button onClick={open}>{texts.newOne}</Button>
        }
        id={kpiId}
        place={{ organizationId, teamId: teamOf(kpi) }}
        read={(asked) => api(initiativeRoutes.listInitiatives, { params, ...asked })}
      />
      {creating && <CreateDialog kpi={kpi} onClose={close} />}
    </>
  );
}

/** The initiatives on a team's KPIs, on the team's page. */
export function InitiativesOfTeam({ team: { organizationId, id: teamId } }: { readonly team: Team }) {
  const { api } = useSession();
  const params = { organizationId, teamId };
  const read: ListedProps['read'] = (asked) =>
    api(initiativeRoutes.listTeamInitiatives, { params, ...asked });
  return <Listed id={teamId} place={params} read={read} showsKpi />;
}

interface ListedProps {
  /** Whose they are. */
  readonly id: string;
  readonly place: Place;
  readonly read: (asked: {
    readonly query: { readonly cursor: string | undefined; readonly limit: number };
    readonly signal: AbortSignal;
  }) => Promise<z.infer<typeof InitiativePage>>;
  readonly showsKpi?: boolean;
  readonly actions?: ReactNode;
}

/** What the list shows of each. */
function useInitiativeColumns(place: Place): readonly Column<Initiative>[] {
  const { initiatives: texts, common } = useTexts();
  const names = usePeople(place);
  return [
    {
      id: 'title',
      title: texts.title,
      cell: ({ title }) => <bdi>{title}</bdi>,
      text: ({ title }) => title,
      sort: ({ title }) => title,
    },
    {
      id: 'notes',
      title: texts.notes,
      cell: ({ notes = '' }) => notes,
      phone: 'hidden',
    },
    {
      id: 'kpi',
      title: texts.kpi,
      cell: ({ organizationId, kpiId, kpiName }) => (
        <Anchor component={Link} to={`/organizations/${organizationId}/kpis/${kpiId}`} size="sm">
          <bdi>{kpiName}</bdi>
        </Anchor>
      ),
      text: ({ kpiName }) => kpiName,
      sort: ({ kpiName }) => kpiName,
      phone: 'hidden',
    },
    {
      id: 'owner',
      title: texts.ownerId,
      cell: ({ ownerId }) => <bdi>{names.get(ownerId) ?? texts.somebody}</bdi>,
      text: ({ ownerId }) => names.get(ownerId) ?? texts.somebody,
      sort: ({ ownerId }) => names.get(ownerId),
      phone: 'fact',
    },
    {
      id: 'due',
      title: texts.dueDate,
      width: 130,
      cell: ({ dueDate }) => <Day at={dueDate} />,
      text: ({ dueDate }) => dueDate,
      sort: ({ dueDate }) => dueDate,
      phone: 'fact',
    },
    {
      id: 'status',
      title: texts.status,
      width: 120,
      cell: ({ status }) => texts.statuses[status],
      sort: ({ status }) => InitiativeStatus.options.indexOf(status),
      phone: 'fact',
    },
    { id: 'actions', title: common.actions, width: 56, actions: true, cell: (one) => <Actions one={one} /> },
  ];
}

const keyOf = ({ id }: Initiative) => id;

function Listed({ id, place, read, showsKpi = false, actions }: ListedProps) {
  const { initiatives: texts } = useTexts();
  const query = useInfiniteQuery({
    ...paging,
    queryKey: [...initiativesKey(place.organizationId), id],
    queryFn: ({ pageParam: cursor, signal }) => read({ query: { cursor, limit: 100 }, signal }),
  });
  const columns = useInitiativeColumns(place);
  return (
    <ListTable
      name="initiatives"
      label={texts.all}
      columns={columns.filter(({ id: column }) => showsKpi || column !== 'kpi')}
      query={query}
      keyOf={keyOf}
      actions={actions}
      empty={<Empty title={texts.none}>{texts.noneText}</Empty>}
    />
  );
}

/** What may be done to one: its owner sets its status, who may delete it everything. */
function Actions({ one }: { readonly one: Initiative }) {
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
  if (!may('update', 'Initiative', { teamId, userId: ownerId })) return '–';
  const isManaged = may('delete', 'Initiative', { teamId });
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="default" aria-label={texts.actionsOf(title)} loading={setting.isPending}>
            <span aria-hidden>⋯</span>
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
