import { csvHead, csvLine } from '../../../../domain/csv.ts';
import type { ListedOrganization } from '../../../../domain/organization/organization.schema.ts';
import { saveFile } from '../../../lib/api.ts';

const cells: Readonly<Record<string, (organization: ListedOrganization) => string>> = {
  id: ({ id }) => id,
  name: ({ name }) => name,
  'external id': ({ externalId }) => externalId ?? '',
  status: ({ status }) => status,
  'suspended because': ({ inactiveReason }) => inactiveReason ?? '',
  health: ({ health }) => health.level,
  'health reasons': ({ health }) => health.reasons.map(({ code }) => code).join(' '),
  plan: ({ subscription }) => subscription.plan,
  'plan start': ({ subscription }) => subscription.startDate,
  'plan end': ({ subscription }) => subscription.endDate ?? '',
  users: ({ counts }) => String(counts.users),
  'pending invitations': ({ counts }) => String(counts.pendingInvitations),
  teams: ({ counts }) => String(counts.teams),
  kpis: ({ counts }) => String(counts.kpis),
  'last activity': ({ lastActivityOn }) => lastActivityOn,
  'contact name': ({ contactPerson }) => contactPerson.name,
  'contact email': ({ contactPerson }) => contactPerson.email,
  'contact phone': ({ contactPerson }) => contactPerson.phone ?? '',
  created: ({ createdAt }) => createdAt,
};

const mediaType = 'text/csv';

/** Exports organizations as CSV, with everything the list contains. */
export function saveOrganizations(organizations: readonly ListedOrganization[]): void {
  const lines = organizations.map((one) => csvLine(Object.values(cells).map((cell) => cell(one))));
  const file = new Blob([csvHead(Object.keys(cells)), ...lines], { type: mediaType });
  saveFile([file], `organizations-${new Date().toISOString().slice(0, 10)}.csv`, mediaType);
}
