import { useInfiniteQuery } from '@tanstack/react-query';
import type { OrganizationId } from '../../../domain/ids.ts';
import { type Kpi, type KpiFilter, kpiOrders } from '../../../domain/kpi/kpi.schema.ts';
import { useServerOrder } from '../../components/table/order.ts';
import { usePageSize } from '../../components/table/page-size.ts';
import { useSession } from '../../lib/session.tsx';
import { useTexts } from '../../text/language.tsx';
import { useKpiColumns } from './kpi-columns.tsx';
import { kpisQuery } from './queries.ts';

const keyOf = ({ id }: Kpi) => id;
const hrefOf = ({ organizationId, id }: Kpi) => `/organizations/${organizationId}/kpis/${id}`;

/** What every list of KPIs gives its table: rows, columns, order and page size. */
export function useKpiList(organizationId: OrganizationId, filter: KpiFilter) {
  const { api } = useSession();
  const order = useServerOrder(kpiOrders);
  const pageSize = usePageSize();
  const query = useInfiniteQuery(
    kpisQuery(api, organizationId, { ...filter, ...order, limit: pageSize.rows }),
  );
  return { label: useTexts().kpis.kpis, columns: useKpiColumns(), query, keyOf, hrefOf, pageSize };
}
