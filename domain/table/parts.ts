import type { Context } from '../context.ts';
import { deletedKeys } from './deletion-record.ts';
import { entityOf, keyIn } from './entity.ts';
import { type ItemKind, namesIn, typed } from './item.ts';
import { consistently } from './reads.ts';
import type { OrganizationScope } from './scope.ts';
import { type Write, write } from './transaction.ts';
import { change } from './writes.ts';

type Part = Readonly<Record<string, unknown>>;

interface Parts {
  readonly query: { primary(key: object): { go(options: object): Promise<{ data: Part[] }> } };
}

const partsAmong = (kinds: readonly ItemKind[], whole?: string): readonly ItemKind[] =>
  kinds.filter(({ partOf }) => partOf !== undefined && (whole === undefined || partOf === whole));

/** The parts of one kind that a whole has. */
async function partsOf(scope: OrganizationScope, kind: ItemKind, id: string): Promise<Part[]> {
  const { organizationId } = scope;
  const key = Object.fromEntries(namesIn(kind.key[0]).map((name) => [name, id]));
  const { data } = await typed<Parts>(entityOf(kind))
    .query.primary({ ...key, organizationId })
    .go({ ...consistently(scope), pages: 'all' });
  return data;
}

/** The write of a change that follows what happened to the whole. */
function follow(
  ctx: Context,
  kind: ItemKind,
  part: Part,
  what: { readonly action: string; readonly set: object; readonly keepsRevision?: true },
): Write {
  const { action: secondaryTo, ...more } = what;
  return change(ctx, kind, typed(keyIn(kind, part)), typed({ secondaryTo, ...more }));
}

/** How many parts of an organization one run lets expire; the next run continues. */
const atMost = 500;

/**
 * Lets the parts of deleted items expire now. It considers everything that was deleted in the last 30 days,
 * so that the next run does what this one doesn't get to. Returns how many parts it let expire.
 * @param kinds every kind of item, to find parts among
 */
export async function expireParts(ctx: Context, kinds: readonly ItemKind[]): Promise<number> {
  const { scope, now } = ctx;
  const expiresAt = Math.floor(now.getTime() / 1000);
  const lasts = (part: Part) => !(typeof part.expiresAt === 'number' && part.expiresAt <= expiresAt);
  const parts = partsAmong(kinds);
  let ended = 0;
  for (const whole of new Set(parts.flatMap(({ partOf = [] }) => partOf)))
    for (const id of await deletedKeys(scope, whole))
      for (const kind of partsAmong(parts, whole)) {
        if (ended >= atMost) return ended;
        const lasting = (await partsOf(scope, kind, id)).filter(lasts);
        for (const part of lasting.slice(0, atMost - ended)) {
          const ending = follow(ctx, kind, part, { action: `${whole}.deleted`, set: { expiresAt } });
          ended += (await write(scope, ending)) ? 1 : 0;
        }
      }
  return ended;
}

/**
 * Lets the parts of an item follow it to its new owner, once that is written. Until then the index lists them
 * at the old one, so a reader of the index must check the whole.
 * @param whole `holder` as the index `byMember` has it: `member#<userId>` or `team#<teamId>`
 */
export async function handOverParts(
  ctx: Context,
  kinds: readonly ItemKind[],
  whole: {
    readonly kind: string;
    readonly id: string;
    readonly holder: string;
    /** The action on the whole, for the audit trail. */
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
