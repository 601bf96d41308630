import { catalogue } from '../subscription/catalogue.ts';
import { type LegacyDocument, readDocument, type SourceLine } from './document.ts';
import type { Finding } from './finding.ts';
import { mapAuditLog } from './map-audit-log.ts';
import { mapOrganization } from './map-organization.ts';
import { mapTeam } from './map-team.ts';
import { mapUser } from './map-user.ts';
import type { Mapping } from './mapping.schema.ts';
import { type Outcome, remarksOn, unreadable } from './outcome.ts';
import { beginWorld, type Existing, type Place, type World } from './world.ts';

/** Decides what becomes of each line of an export. Lines come in the order of `legacyTables`, each table's in its file's. */
export interface Planner {
  plan(source: SourceLine): Promise<Outcome>;
  /** What can be said only when all lines have come. */
  conclude(): Finding[];
}

const mappers = {
  organizations: mapOrganization,
  users: mapUser,
  teams: mapTeam,
  auditLogs: mapAuditLog,
} as const;

/** The same lines, mapping and product always give the same outcomes: a dry run, an interrupted run and its continuation agree. */
export function beginPlan(mapping: Mapping, existing: Existing): Planner {
  const world = beginWorld(mapping, existing);
  return {
    async plan(source) {
      const document = readDocument(source);
      if (typeof document === 'string') return unreadable(source, document);
      return setAside(world, document) ?? (await mappers[source.table](world, document));
    },
    conclude: () => [
      ...[...world.places.values()].flatMap(aboutPlace),
      ...[...world.unused].map(
        (said): Finding => ({ kind: 'mapping-unused', table: 'mapping', id: '', line: 0, detail: said }),
      ),
    ],
  };
}

function setAside(world: World, document: LegacyDocument): Outcome | null {
  const { table, id } = document;
  world.unused.delete(`setAside ${id}`);
  const key = `${table} ${id}`;
  const again = world.seen.has(key);
  // Audit logs are too many to remember; their ids tell two of the same `_id` apart.
  if (table !== 'auditLogs') world.seen.add(key);
  const kind = again ? 'document-twice' : world.mapping.setAside.includes(id) ? 'set-aside-by-mapping' : null;
  if (kind === null) return null;
  if (table === 'organizations' && !again) world.organizations.set(id, 'left');
  return remarksOn(document, []).aside(kind);
}

function aboutPlace({ document, plan, users, admins, teams }: Place): Finding[] {
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
