import { canonical } from '../audit/tree/canonical.ts';
import { Archive, type ArchiveState, type ExportStore, Lines, workKey } from '../departure/archive.ts';
import { lineOf, manifestPath } from '../departure/export-format.schema.ts';
import { partitionsOf } from '../departure/partitions.ts';
import type { UserId } from '../ids.ts';
import { itemKinds, kindOf } from '../nouns.ts';
import { deletedKindOf } from '../table/deletion-record.ts';
import { typed } from '../table/item.ts';
import { tableLayout } from '../table/layout.ts';
import type { Item } from '../table/query.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { keyOfItem, pagesOf } from '../table/stored-items.ts';
import { type WalkPlace, walk } from '../table/walk.ts';
import { allUsers } from '../user/list-users.ts';
import { calledIn, names, nowCalled, type Person, sparing, withoutDevices } from './about-person.ts';

interface Exporting {
  readonly scope: OrganizationScope;
  readonly userId: UserId;
  readonly objectKey: string;
  readonly store: ExportStore;
  readonly clock: () => Date;
  /** When to stop and leave the rest to the next run. */
  readonly until: Date;
  /** Called with the progress. */
  readonly progress: (items: number) => Promise<void>;
}

/** Everything another process needs to continue. */
interface Work {
  readonly archive: ArchiveState;
  readonly person: Person;
  /** Until all entries were read for what they were called: where that continues. */
  readonly lookup?: { readonly place?: WalkPlace | undefined } | undefined;
  readonly startedAt: string;
  /** The partitions to read, as found at the start; later ones aren't in this export. */
  readonly partitions: readonly string[];
  /** The partition being read, and the key to continue after. */
  readonly at: number;
  readonly after?: Item | undefined;
  readonly counts: Readonly<Record<string, number>>;
}

const entryKind = 'auditEntry';
const isRead = ({ name, exported }: (typeof itemKinds)[number]) =>
  exported === undefined || name === entryKind;
const read = itemKinds.filter(isRead);
const leftOut = itemKinds.filter(({ exported }) => exported === 'never').map(({ name }) => name);

/** Attributes that only the table needs. */
const keys = /^(?:entityVersion|__edb_[ev]__|directoryPk|directorySk|memberPk|memberSk)$/;

/**
 * The part of an item that is about a person: all of it if it refers to them, only the change stamp if
 * nothing else does, otherwise null.
 */
function partAbout(person: Person, item: Item): Item | null {
  const { changed, ...own } = item;
  const whole = Object.fromEntries(Object.entries(item).filter(([name]) => !keys.test(name)));
  if (names(person, own)) return whole;
  const { partitionKey, sortKey } = tableLayout;
  return names(person, changed)
    ? { [partitionKey]: own[partitionKey], [sortKey]: own[sortKey], changed }
    : null;
}

async function begun({ scope, userId, objectKey, store, clock }: Exporting): Promise<Work> {
  const kept = await store.kept(workKey(objectKey));
  if (kept !== null) return typed<Work>(JSON.parse(kept));
  const startedAt = clock();
  const partitions = await partitionsOf(scope, startedAt, read);
  const archive = await Archive.open(store, objectKey, undefined);
  return {
    archive: archive.state,
    person: { userId, ...(await nowCalled(scope, userId)) },
    lookup: {},
    startedAt: startedAt.toISOString(),
    ...{ partitions, at: 0, counts: {} },
  };
}

/** Looks up what the person was called. Returns null if time is up before that. */
async function known(of: Exporting, { lookup, ...work }: Work): Promise<Work | null> {
  const { scope, userId, store, objectKey } = of;
  if (lookup === undefined) return work;
  const trail = work.partitions.filter((partition) => partition.startsWith(`${scope.organizationId}#audit#`));
  let { person } = work;
  for await (const { items, next } of walk(scope, trail, lookup.place)) {
    person = { userId, ...calledIn(items, userId, person) };
    if (next === null || of.clock() < of.until) continue;
    await store.keep(workKey(objectKey), JSON.stringify({ ...work, person, lookup: { place: next } }));
    return null;
  }
  return { ...work, person: sparing(person, await allUsers(scope)) };
}

/** The last file: the contents, and when reading started and ended. */
const manifestOf = ({ scope, userId, clock }: Exporting, { startedAt, counts, archive }: Work): object => ({
  ...{ format: 'mtcms-person-export', version: 1 },
  ...{ organizationId: scope.organizationId, userId },
  ...{ startedAt, exportedAt: clock().toISOString() },
  ...{ counts: Object.fromEntries(Object.entries(counts).toSorted()), leftOut, files: archive.files },
});

/**
 * Writes what an organization stores about a person into a zip of JSON lines, or resumes doing so: their
 * items, items that refer to them, and audit log entries by or about them. Concurrent changes appear as
 * they were when read. Returns null if time is up before everything is written.
 */
export async function exportPerson(
  of: Exporting,
): Promise<{ readonly items: number; readonly bytes: number } | null> {
  const work = await known(of, await begun(of));
  if (work === null) return null;
  const archive = await Archive.open(of.store, of.objectKey, work.archive);
  const counts = new Map(Object.entries(work.counts));
  const total = () => [...counts.values()].reduce((sum, one) => sum + one, 0);
  const lines = new Lines();
  const now = (place: Pick<Work, 'at' | 'after'>): Work => ({
    ...{ ...work, ...place, archive: archive.state, counts: Object.fromEntries(counts) },
  });
  /** Writes buffered lines to files if there are many or time is up. Returns whether to stop. */
  const settle = async (place: Pick<Work, 'at' | 'after'>, isEnd = false): Promise<boolean> => {
    const isOver = of.clock() >= of.until && !isEnd;
    if (!isOver && !isEnd && !lines.isFull) return false;
    if ((await lines.into(archive)) || isOver || isEnd) {
      await of.store.keep(workKey(of.objectKey), JSON.stringify(now(place)));
      await of.progress(total());
    }
    return isOver;
  };
  for (let { at, after } = work; at < work.partitions.length; at += 1, after = undefined) {
    const partition = work.partitions[at] ?? '';
    for await (const { items, lastKey } of pagesOf(of.scope, partition, after)) {
      for (const item of items) addLine(work.person, item, lines, counts);
      const next = lastKey === undefined ? { at: at + 1, after: undefined } : { at, after: lastKey };
      if (await settle(next)) return null;
    }
  }
  await settle({ at: work.partitions.length, after: undefined }, true);
  const done = now({ at: work.partitions.length, after: undefined });
  await archive.finish(manifestPath, `${canonical(manifestOf(of, done))}\n`);
  return { items: total(), bytes: archive.bytes };
}

function addLine(person: Person, item: Item, lines: Lines, counts: Map<string, number>): void {
  const kind = kindOf(keyOfItem(item));
  if (kind === undefined || !isRead(kind) || leftOut.includes(deletedKindOf(kind, item) ?? '')) return;
  const part = partAbout(person, item);
  if (part === null) return;
  lines.add(kind.name, lineOf(Object(withoutDevices(part, person.userId))));
  counts.set(kind.name, (counts.get(kind.name) ?? 0) + 1);
}
