import { createHash } from 'node:crypto';
import { PLATFORM } from '../ids.ts';
import { catalogue } from '../subscription/catalogue.ts';
import { type ControlPlane, platformScope, withinOrganization } from '../table/scope.ts';
import { ownerOfEmail } from '../user/user-writes.ts';
import { organizationsNamed } from '../user/webhook-records.ts';
import { canonical, fingerprint, type LegacyDocument, readDocument, type SourceLine } from './document.ts';
import type { Finding } from './finding.ts';
import { mapAuditLog } from './import-audit-log.ts';
import { findImportedOrganization, findOrganizationNamed, mapOrganization } from './import-organization.ts';
import { findTeamNamed, mapTeam } from './import-team.ts';
import { findImportedUser, mapUser } from './import-user.ts';
import type { Mapping } from './mapping.schema.ts';
import { type Outcome, remarksOn, unreadable } from './outcome.ts';
import { beginPlanState, type Existing, type PlannedOrganization, type PlanState } from './plan-state.ts';

/**
 * Decides the outcome of each line. Lines come in the order of `legacyTables`, within a table in file
 * order.
 */
export interface Planner {
  plan(source: SourceLine): Promise<Outcome>;
  /** Findings that are only possible after the last line. */
  conclude(): Finding[];
}

const mappers = {
  organizations: mapOrganization,
  users: mapUser,
  teams: mapTeam,
  auditLogs: mapAuditLog,
} as const;

/**
 * The same lines, mapping and product always produce the same outcomes, so a dry run, an interrupted run
 * and its continuation agree.
 */
export function beginPlan(mapping: Mapping, existing: Existing): Planner {
  const state = beginPlanState(mapping, existing);
  return {
    async plan(source) {
      const document = readDocument(source);
      if (typeof document === 'string') return unreadable(source, document);
      return setAside(state, document) ?? (await mappers[source.table](state, document));
    },
    conclude: () => [
      ...[...state.organizations.values()].flatMap(aboutOrganization),
      ...[...state.unused].map(
        (said): Finding => ({ kind: 'mapping-unused', table: 'mapping', id: '', line: 0, detail: said }),
      ),
    ],
  };
}

function setAside(state: PlanState, document: LegacyDocument): Outcome | null {
  const { table, id } = document;
  state.unused.delete(`setAside ${id}`);
  const key = `${table} ${id}`;
  const again = state.seen.has(key);
  // Audit logs are too many to remember; their ids distinguish duplicates of an `_id`.
  if (table !== 'auditLogs') state.seen.add(key);
  const kind = again ? 'document-twice' : state.mapping.setAside.includes(id) ? 'set-aside-by-mapping' : null;
  if (kind === null) return null;
  if (table === 'organizations' && !again) state.legacyOrganizations.set(id, 'left');
  return remarksOn(document, []).aside(kind);
}

function aboutOrganization({ document, plan, users, admins, teams }: PlannedOrganization): Finding[] {
  if (document === undefined || plan === undefined) return [];
  const { table, id, line } = document;
  const { seats, teams: most } = catalogue[plan];
  const exceeds = [
    ...(users > seats ? [`${users} users of ${seats}`] : []),
    ...(teams > most ? [`${teams} teams of ${most}`] : []),
  ];
  return [
    ...(admins === 0 ? [{ kind: 'no-admin', table, id, line } as const] : []),
    ...(exceeds.length > 0
      ? [{ kind: 'over-plan', table, id, line, detail: `${plan}: ${exceeds.join(', ')}` } as const]
      : []),
  ];
}

/** What the product contains, read from its table. */
export const existingIn = (plane: ControlPlane): Existing => ({
  hasOrganization: async (id) => (await findImportedOrganization(plane, id)) !== null,
  organizationNamed: (name) => findOrganizationNamed(plane, name),
  async emailOwner(id, email) {
    return (await ownerOfEmail(withinOrganization(plane, id), email)) ?? null;
  },
  async userRole(id, userId) {
    return (await findImportedUser(withinOrganization(plane, id), userId))?.item.role ?? null;
  },
  async elsewhere(id, userId) {
    for (const other of await organizationsNamed(platformScope(plane), userId)) {
      if (other === id) continue;
      // Platform users aren't read here: a user claimed for the platform stays there.
      if (other === PLATFORM) return other;
      if ((await findImportedUser(withinOrganization(plane, other), userId)) !== null) return other;
    }
    return null;
  },
  teamNamed: (id, name) => findTeamNamed(withinOrganization(plane, id), name),
});

/** Version of the mapping rules; changing them makes another run of the same export. */
const rulesVersion = 2;

/**
 * Derives a run's id from the lines of an export, in import order, and the mapping. The same lines and
 * decisions are one run, however they are packaged and however often they are imported.
 */
export function runIdBuilder(mapping: Mapping): { add(line: SourceLine): void; id(): string } {
  const hash = createHash('sha256').update(`${rulesVersion}\n${canonical(mapping)}\n`);
  return {
    add: ({ table, text }) => hash.update(`${table}\n${text}\n`),
    id: () => `imp_${fingerprint(hash.copy().digest('hex'), 16)}`,
  };
}
