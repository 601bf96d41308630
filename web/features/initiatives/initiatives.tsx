import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import IconPlus from '@tabler/icons-react/icons/IconPlus';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type * as z from 'zod/mini';
import type { Initiative, InitiativePage } from '../../../domain/initiative/initiative.schema.ts';
import { instanceOfKpi, type Kpi, teamOf } from '../../../domain/kpi/kpi.schema.ts';
import type { Team } from '../../../domain/team/team.schema.ts';
import { initiativeRoutes } from '../../../functions/http/initiative/routes.ts';
import { paging } from '../../components/query-view.tsx';
import { Empty } from '../../components/states.tsx';
import { ListTable } from '../../components/table/list-table.tsx';
import { useMay } from '../../lib/member.tsx';
import { useSession } from '../../lib/session.tsx';
import { useTexts } from '../../text/language.tsx';
import { useInitiativeColumns } from './initiative-columns.tsx';
import { CreateDialog, initiativesKey, type Place } from './initiative-dialogs.tsx';

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
          may('create', 'Initiative', instanceOfKpi(kpi)) && (
            <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={open}>
              {texts.newOne}
            </Button>
          )
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
