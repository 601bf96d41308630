import { AppError } from '../errors.ts';
import { deletedKeys } from './deletion-record.ts';
import { entityOf, keyIn } from './entity.ts';
import { type ItemKind, namesIn, typed } from './item.ts';
import { consistently, find } from './reads.ts';
import type { OrganizationScope, Writing } from './scope.ts';
import { transact, type Write, write } from './transaction.ts';
import { change, checkAbsent } from './writes.ts';

type Part = Readonly<Record<string, unknown>>;

interface Parts {
  readonly query: { primary(key: object): { go(options: object): Promise<{ data: Part[] }> } };
}

const partsAmong = (kinds: readonly ItemKind[], whole?: string): readonly ItemKind[] =>
  kinds.filter(({ partOf }) => partOf !== undefined && (whole === undefined || partOf === whole));

/** A whole's parts of one kind. */
async function partsOf(scope: OrganizationScope, kind: ItemKind, id: string): Promise<Part[]> {
  const { organizationId } = scope;
  const key = Object.fromEntries(namesIn(kind.key[0]).map((name) => [name, id]));
  const { data } = await typed<Parts>(entityOf(kind))
    .query.primary({ ...key, organizationId })
    .go({ ...consistently(scope), pages: 'all' });
  return data;
}

/** The write of a change that follows from a change of the whole. */
function follow(
  ctx: Writing,
  kind: ItemKind,
  part: Part,
  what: { readonly action: string; readonly set: object; readonly keepsRevision?: true },
): Write {
  const { action: secondaryTo, ...more } = what;
  return change(ctx, kind, typed(keyIn(kind, part)), typed({ secondaryTo, ...more }));
}

/** How many parts per organization one run lets expire; the next run continues. */
const atMost = 500;

/** The key of an item whose sort key is one id. */
const keyOfWhole = (kind: ItemKind, id: string) => typed<never>({ [namesIn(kind.key[1])[0] ?? '']: id });

/** Lets one part expire, unless its whole was restored meanwhile. */
async function expire(ctx: Writing, ending: Write, whole: ItemKind, id: string): Promise<boolean> {
  try {
    await transact(ctx.scope, [ending, checkAbsent(ctx.scope, whole, keyOfWhole(whole, id))]);
    return true;
  } catch (error) {
    if (error instanceof AppError && error.code === 'conflict') return false;
    throw error;
  }
}

/**
 * Lets the parts of deleted items expire, except those of restored items. Considers everything deleted in
 * the last 30 days, so that the next run continues where this one stops. Returns how many parts it let
 * expire.
 * @param kinds all kinds of items, to find parts among
 */
export async function expireParts(ctx: Writing, kinds: readonly ItemKind[]): Promise<number> {
  const { scope, now } = ctx;
  const expiresAt = Math.floor(now.getTime() / 1000);
  const lasts = (part: Part) => !(typeof part.expiresAt === 'number' && part.expiresAt <= expiresAt);
  const parts = partsAmong(kinds);
  let ended = 0;
  for (const whole of kinds.filter(({ name }) => parts.some(({ partOf }) => partOf === name)))
    for (const id of new Set(await deletedKeys(scope, whole.name))) {
      if ((await find(scope, whole, keyOfWhole(whole, id))) !== null) continue;
      for (const kind of partsAmong(parts, whole.name)) {
        if (ended >= atMost) return ended;
        const lasting = (await partsOf(scope, kind, id)).filter(lasts);
        for (const part of lasting.slice(0, atMost - ended)) {
          const ending = follow(ctx, kind, part, { action: `${whole.name}.deleted`, set: { expiresAt } });
          ended += (await expire(ctx, ending, whole, id)) ? 1 : 0;
        }
      }
    }
  return ended;
}

const writesAtOnce = 25;

/**
 * Gives the parts of a restored item their original lifetime back, unless they have expired. Returns how
 * many there were.
 */
export async function keepParts(
  ctx: Writing,
  kinds: readonly ItemKind[],
  whole: { readonly kind: string; readonly id: string; readonly action: string },
): Promise<number> {
  const { kind, id, action } = whole;
  const writes: Write[] = [];
  for (const part of partsAmong(kinds, kind))
    for (const one of await partsOf(ctx.scope, part, id)) {
      const expiresAt = expiryOf(part, one);
      if ((one.expiresAt ?? null) !== expiresAt)
        writes.push(follow(ctx, part, one, { action, set: { expiresAt }, keepsRevision: true }));
    }
  for (let from = 0; from < writes.length; from += writesAtOnce)
    await Promise.all(writes.slice(from, from + writesAtOnce).map((one) => write(ctx.scope, one)));
  return writes.length;
}

/** When a part expires by itself; null if never. */
const expiryOf = ({ lasts }: ItemKind, { createdAt }: Part): number | null =>
  lasts === undefined ? null : Math.floor(Date.parse(String(createdAt)) / 1000) + lasts;

/**
 * Moves the parts of an item to its new owner, once that is written. Until then the index lists them at the
 * old one, so readers of the index must check the whole.
 * @param whole `holder` as in the index `byMember`: `member#<userId>` or `team#<teamId>`
 */
export async function handOverParts(
  ctx: Writing,
  kinds: readonly ItemKind[],
  whole: {
    readonly kind: string;
    readonly id: string;
    readonly holder: string;
    /** The action on the whole, for the audit log. */
    readonly action: string;
  },
): Promise<void> {
  const { kind, id, action, holder } = whole;
  for (const part of partsAmong(kinds, kind).filter(({ attributes }) => 'holder' in attributes)) {
    const writes = (await partsOf(ctx.scope, part, id)).map((one) =>
      follow(ctx, part, one, { action, set: { holder }, keepsRevision: true }),
    );
    await Promise.all(writes.map((one) => write(ctx.scope, one)));
  }
}
