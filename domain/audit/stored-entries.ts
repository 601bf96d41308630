import * as z from 'zod/mini';
import type { EntryReference } from '../actor.ts';
import { entityOf, type Stored } from '../table/entity.ts';
import { type EntityOf, typed } from '../table/item.ts';
import { find, findMany } from '../table/reads.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { AuditItem } from './audit.noun.ts';
import { AuditEntry, type AuditFilter } from './audit.schema.ts';
import { type AuditPosition, type Batch, lastId, monthOf } from './paginate-trail.ts';

/** The id prefix of imported entries; other entries never have it. */
export const importedPrefix = 'legacy-';

/** Whether an entry was imported from a legacy audit log, with that system's actions and images. */
export const isImported = ({ id }: Pick<AuditEntry, 'id'>): boolean => id.startsWith(importedPrefix);

/** An organization's entry with this time and id; null if there is none. */
export async function entryOf(
  scope: OrganizationScope,
  { id, timestamp }: EntryReference,
): Promise<AuditEntry | null> {
  const key = { month: monthOf(timestamp), timestamp, entryId: id };
  const stored = await find(scope, AuditItem, key);
  return stored === null ? null : entryIn(stored);
}

/** The entries for these references that exist, by id. */
export async function entriesOf(
  scope: OrganizationScope,
  references: readonly EntryReference[],
): Promise<ReadonlyMap<string, AuditEntry>> {
  if (references.length === 0) return new Map();
  const keys = references.map(({ id, timestamp }) => ({
    month: monthOf(timestamp),
    timestamp,
    entryId: id,
  }));
  const stored = await findMany(scope, AuditItem, keys);
  return new Map(stored.map((item) => [item.entryId, entryIn(item)]));
}

/** An entry with its position in the audit log. */
export type PlacedEntry = AuditEntry & AuditPosition;

/** The half-open range of a query: from `since` (inclusive) to `before` (exclusive). */
interface Range {
  readonly since: string;
  readonly before: AuditPosition;
}

type Where = Parameters<ReturnType<EntityOf<typeof AuditItem>['query']['primary']>['where']>[0];

/** The attribute by which items refer to what they belong to, by its type. */
const naming = { team: 'teamId', kpi: 'kpiId', user: 'userId' } as const;
type Naming = (typeof naming)[keyof typeof naming];

const isNaming = (kind: string): kind is keyof typeof naming => Object.hasOwn(naming, kind);

/** The condition that an entry is about a team, KPI or person, by its resource or by ids in its images. */
const isAbout =
  (about: string): Where =>
  (of, { eq }) => {
    const [kind = '', id = ''] = about.split('/');
    const name = isNaming(kind) ? naming[kind] : naming.user;
    // Images are records or null, which contains nothing. ElectroDB has no types within `details`.
    const { before, after } = typed<Record<'before' | 'after', Record<Naming, typeof of.userId>>>(of.details);
    return `(${eq(of.resource, about)} OR ${eq(after[name], id)} OR ${eq(before[name], id)})`;
  };

/** A filter as a DynamoDB filter expression. Entries that it skips are still read and billed. */
export const matching =
  (
    { actor, action, resource, about, supportAccess }: AuditFilter,
    organizationId?: string | undefined,
  ): Where =>
  (of, operations) => {
    const { eq, begins } = operations;
    return [
      actor && `(${eq(of.userId, actor)} OR ${eq(of.impersonatedBy, actor)})`,
      action && (action.endsWith('.') ? begins(of.action, action) : eq(of.action, action)),
      resource && (/[/#]$/.test(resource) ? begins(of.resource, resource) : eq(of.resource, resource)),
      about && isAbout(about)(of, operations),
      // What was viewed and changed through it, and its own history.
      supportAccess &&
        `(${eq(of.supportAccess, supportAccess)} OR ${eq(of.resource, `supportAccess/${supportAccess}`)})`,
      organizationId && eq(of.organizationId, organizationId),
    ]
      .filter((condition) => condition !== undefined && condition !== '')
      .join(' AND ');
  };

// Sorts before every entry id.
const firstId = '!';

/** The bounds of a range as sort keys. */
export const bounds = ({ since, before }: Range) => [{ timestamp: since, entryId: firstId }, before] as const;

/**
 * The options of a range query: one request, downwards. `before` itself is included, so one more entry is
 * examined. The result is DynamoDB's own, which contains the number of examined entries and the end
 * position.
 */
export const downwards = (most: number) =>
  ({ limit: most + 1, pages: 1, order: 'desc', data: 'raw' }) as const;

const Answer = z.object({
  Items: z.array(z.record(z.string(), z.unknown())),
  ScannedCount: z.int(),
  LastEvaluatedKey: z.optional(z.object({ sk: z.string() })),
});

/** The entry that an item holds. */
export const entryIn = (item: Stored<typeof AuditItem>): AuditEntry =>
  AuditEntry.parse({ ...item, id: item.entryId, schemaVersion: 1 });

/** A query's result as a batch, without the entry it started at. */
export function batchOf(answer: unknown, { before }: Range): Batch<PlacedEntry> {
  const { Items, ScannedCount, LastEvaluatedKey } = Answer.parse(answer);
  const [timestamp = '', entryId = lastId] = LastEvaluatedKey?.sk.split('#', 2) ?? [];
  const entries = entityOf(AuditItem)
    .parse({ Items })
    .data.map((item) => ({ ...entryIn(item), entryId: item.entryId }));
  return {
    entries: entries.filter(
      (entry) => entry.timestamp !== before.timestamp || entry.entryId !== before.entryId,
    ),
    examined: ScannedCount,
    stoppedAt: LastEvaluatedKey === undefined ? null : { timestamp, entryId },
  };
}
