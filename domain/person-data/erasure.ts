import type { Context } from '../context.ts';
import { collided } from '../errors.ts';
import type { UserId } from '../ids.ts';
import { countsOf } from '../organization/counts.ts';
import { updatedByActor } from '../table/change-stamp.ts';
import type { Stored } from '../table/entity.ts';
import { find } from '../table/reads.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { transact } from '../table/transaction.ts';
import { change, create, erase, fresh } from '../table/writes.ts';
import { findUser } from '../user/find-user.ts';
import { isPseudonym, newPseudonym } from './eraser.ts';
import { ErasingItem, ErasureItem } from './person-data.noun.ts';
import { personDataRefusals } from './person-data.refusals.ts';
import { Erasure } from './person-data.schema.ts';

/** How long an admin without another one waits: time to notice what somebody does in their name. */
const aloneMs = 86_400_000;

const aloneFrom = ({ requestedAt }: Pick<Erasure, 'requestedAt'>): string =>
  new Date(Date.parse(requestedAt) + aloneMs).toISOString();

const show = (stored: Stored<typeof ErasureItem>): Erasure =>
  Erasure.parse({ ...stored, ...(stored.status === 'waiting' ? { aloneFrom: aloneFrom(stored) } : {}) });

/** Somebody's erasure, by their id until it is over, and by their pseudonym. */
async function findErasure(
  scope: OrganizationScope,
  userId: UserId,
): Promise<Stored<typeof ErasureItem> | null> {
  if (isPseudonym(userId)) return await find(scope, ErasureItem, { pseudonym: userId });
  const erasing = await find(scope, ErasingItem, { userId });
  return erasing && (await find(scope, ErasureItem, { pseudonym: erasing.pseudonym }));
}

/** The same as people are shown it. Throws `not_found`. */
export async function requireErasure(scope: OrganizationScope, userId: UserId): Promise<Erasure> {
  const found = await findErasure(scope, userId);
  if (found === null) throw personDataRefusals.no_erasure();
  return show(found);
}

/**
 * Asks that what identifies somebody is erased, or approves that. A member may ask for themself, and is
 * removed first. Of who was removed an admin asks, and another one approves; after the person's own request
 * it takes one admin. Asked again, one that runs is the same. Throws `conflict`.
 */
export async function requestErasure(ctx: Context, userId: UserId): Promise<Erasure> {
  const { scope, actor } = ctx;
  if (isPseudonym(userId)) throw personDataRefusals.erased_already();
  const [user, known] = await Promise.all([findUser(scope, userId), findErasure(scope, userId)]);
  const isOwn = user !== null && actor.by === userId;
  if (user !== null && !isOwn) throw personDataRefusals.erase_a_member();
  if (known === null) return await begin(ctx, userId, isOwn ? 'asked' : 'waiting');
  if (isOwn || known.status === 'running') return show(known);
  if (known.status === 'waiting' && known.requestedBy.id === actor.by) await assertAlone(ctx, known);
  await transact(scope, [
    change(
      ctx,
      ErasureItem,
      { pseudonym: known.pseudonym },
      { action: 'erasure.approved', set: { status: 'running' }, at: known.revision, refusal: collided },
    ),
  ]);
  return await requireErasure(scope, userId);
}

/** Throws unless an admin is the only one, and has waited. */
async function assertAlone({ scope, now }: Context, known: Pick<Erasure, 'requestedAt'>): Promise<void> {
  if ((await countsOf(scope)).admins > 1) throw personDataRefusals.erasure_takes_two();
  const from = aloneFrom(known);
  if (now.toISOString() < from) throw personDataRefusals.erasure_takes_a_day({ date: from.slice(0, 10) });
}

async function begin(ctx: Context, userId: UserId, status: 'asked' | 'waiting'): Promise<Erasure> {
  const { scope, actor, now } = ctx;
  const pseudonym = newPseudonym(now);
  const values = { pseudonym, status, requestedAt: now.toISOString(), requestedBy: updatedByActor(actor) };
  await transact(scope, [
    create(scope, ErasureItem, fresh(ctx, ErasureItem, values, 'erasure.requested'), collided),
    // There is one at a time of a person.
    create(scope, ErasingItem, { userId, pseudonym, entries: 0, items: 0, leasedUntil: '' }, collided),
  ]);
  return await requireErasure(scope, userId);
}

/** Withdraws an erasure that hasn't begun. Throws `not_found` and `conflict`. */
export async function withdrawErasure(ctx: Context, userId: UserId): Promise<Erasure> {
  const { scope } = ctx;
  const known = await findErasure(scope, userId);
  if (known === null) throw personDataRefusals.no_erasure();
  const { pseudonym, revision, status } = known;
  if (status === 'withdrawn') return show(known);
  if (status === 'running' || status === 'done') throw personDataRefusals.erasure_begun();
  await transact(scope, [
    change(
      ctx,
      ErasureItem,
      { pseudonym },
      { action: 'erasure.withdrawn', set: { status: 'withdrawn' }, at: revision, refusal: collided },
    ),
    erase(scope, ErasingItem, { userId }),
  ]);
  return await requireErasure(scope, pseudonym);
}
