import type { NewEntry } from '../../domain/audit/append-entries.ts';
import type { OrganizationId } from '../../domain/ids.ts';

/** Entries of one organization, numbered from `from`, one second apart unless `at` gives another time. */
export const numberedEntries = (
  organizationId: OrganizationId,
  count: number,
  {
    from = 0,
    at = (number) => Date.UTC(2026, 10, 24, 10) + number * 1000,
  }: { from?: number; at?: (number: number) => number } = {},
): NewEntry[] =>
  Array.from({ length: count }, (_, index) => from + index).map((number) => ({
    expiresAt: 2_000_000_000 + number,
    entry: {
      id: `e${String(number).padStart(6, '0')}`,
      organizationId,
      userId: 'user_1',
      role: 'org_admin',
      action: 'kpi.updated',
      resource: `kpi/kpi_${number}`,
      details: { before: { revision: 1 }, after: { revision: 2, name: `KPI ${number}` }, changed: ['name'] },
      timestamp: new Date(at(number)).toISOString(),
      schemaVersion: 1,
    },
  }));
