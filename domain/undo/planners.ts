import type { AuditEntry } from '../audit/audit.schema.ts';
import { isImported } from '../audit/find-entry.ts';
import type { Planner } from './plan.ts';

/** What plans the undoing of changes of each kind of item. Loaded for the few who undo something. */
export const planners: Readonly<Record<string, () => Promise<Planner>>> = {
  team: async () => (await import('./undo-team.ts')).undoTeam,
  teamMember: async () => (await import('./undo-team-member.ts')).undoTeamMember,
  kpi: async () => (await import('./undo-kpi.ts')).undoKpi,
  checkIn: async () => (await import('./undo-correction.ts')).undoCorrection,
  initiative: async () => (await import('./undo-initiative.ts')).undoInitiative,
  user: async () => (await import('./undo-user.ts')).undoUser,
  organization: async () => (await import('./undo-organization.ts')).undoOrganization,
};

/** What plans the undoing of an entry; undefined for one that the product didn't write. */
export async function plannerOf(entry: AuditEntry): Promise<Planner | undefined> {
  const { resource } = entry;
  const load = planners[resource.slice(0, resource.indexOf('/'))];
  return load === undefined || isImported(entry) ? undefined : await load();
}
