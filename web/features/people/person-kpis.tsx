import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Kpi } from '../../../domain/kpi/kpi.schema.ts';
import type { User } from '../../../domain/user/profile.schema.ts';
import { KpiLatest, KpiStatusBadge } from '../../components/kpi-status.tsx';
import { Section } from '../../components/page.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { Empty } from '../../components/states.tsx';
import type { Column } from '../../components/table/column.ts';
import { DataTable } from '../../components/table/data-table.tsx';
import { useSession } from '../../lib/session.tsx';
import { useTexts } from '../../text/language.tsx';
import { kpisOfPersonQuery } from './queries.ts';

const keyOf = ({ id }: Kpi) => id;
const hrefOf = ({ organizationId, id }: Kpi) => `/organizations/${organizationId}/kpis/${id}`;

/** The KPIs that a person owns or reports on, as far as the user may see them. */
export function PersonKpis({ user }: { readonly user: User }) {
  const { api } = useSession();
  const { profile } = useTexts().people;
  const { organizationId, userId } = user;
  const columns = useColumns(userId);
  const query = useQuery(kpisOfPersonQuery(api, organizationId, userId));
  return (
    <Section id="kpis" title={profile.kpis}>
      <QueryView query={query} rows={3}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={profile.noKpis}>{profile.noKpisText}</Empty>
          ) : (
            <DataTable label={profile.kpis} columns={columns} items={items} keyOf={keyOf} hrefOf={hrefOf} />
          )
        }
      </QueryView>
    </Section>
  );
}

function useColumns(userId: string): readonly Column<Kpi>[] {
  const { people, kpis } = useTexts();
  return useMemo(() => {
    const { profile } = people;
    const involvement = ({ owner }: Kpi) =>
      owner.kind === 'user' && owner.userId === userId ? profile.owner : profile.reports;
    return [
      {
        id: 'name',
        title: profile.kpi,
        cell: ({ name }) => <bdi>{name}</bdi>,
        text: ({ name }) => name,
        sort: ({ name }) => name,
      },
      {
        id: 'status',
        title: people.status,
        width: 130,
        cell: ({ status }) => <KpiStatusBadge status={status} />,
        text: ({ status }) => kpis.statuses[status],
        sort: ({ status }) => kpis.statuses[status],
      },
      { id: 'involvement', title: profile.involvement, width: 130, cell: involvement, sort: involvement },
      { id: 'latest', title: profile.latest, width: 190, cell: (kpi) => <KpiLatest kpi={kpi} /> },
    ];
  }, [people, kpis, userId]);
}
