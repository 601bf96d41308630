import { newOrganizationId } from '../../../domain/ids.ts';
import type { Organization } from '../../../domain/organization/profile.schema.ts';
import { Organization as OrganizationSchema } from '../../../domain/organization/profile.schema.ts';
import type { UsageFacts } from '../../../domain/usage/figures.ts';

/** The day that these tests compute, its closing time, and an empty organization. */
export const date = '2026-11-24';
export const closing = new Date('2026-11-25T01:10:00.000Z');
export const none: UsageFacts = {
  members: [],
  invitations: [],
  activity: new Map(),
  teams: 0,
  kpis: { on_track: 0, at_risk: 0, off_track: 0, no_data: 0 },
  quietKpis: 0,
  runningKpis: 0,
  checkedIn: false,
  changes: 0,
  checkIns: 0,
};

/** An organization, as stored in the directory. */
export function organization(change: Partial<Organization> = {}): Organization {
  return OrganizationSchema.parse({
    id: newOrganizationId(new Date()),
    name: 'Customer',
    contactPerson: { name: 'Cora', email: 'cora@example.com' },
    status: 'active',
    subscription: { plan: 'growth', startDate: '2026-01-01' },
    revision: 1,
    createdAt: '2026-01-01T09:00:00.000Z',
    updatedAt: '2026-01-01T09:00:00.000Z',
    ...change,
  });
}
