import { accessRefusals } from '../access/access.refusals.ts';
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

/** How long the only admin has to wait, so that misuse of their account can be noticed. */
const aloneMs = 86_400_000;

const aloneFrom = ({ requestedAt }: Pick<Erasure, 'requestedAt'>): string =>
  new Date(Date.parse(requestedAt) + aloneMs).toISOString();

const show = (stored: Stored<typeof ErasureItem>): Erasure =>
  Erasure.parse({ ...stored, ...(stored.status === 'waiting' ? { aloneFrom: aloneFrom(stored) } : {}) });

/** A person's erasure: by their id while it is in progress, then by their pseudonym. */
async function findErasure(
  scope: OrganizationScope,
  userId: UserId,
): Promise<Stored<typeof ErasureItem> | null> {
  if (isPseudonym(userId)) return await find(scope, ErasureItem, { pseudonym: userId });
  const erasing = await find(scope, ErasingItem, { userId });
  return erasing && (await find(scope, ErasureItem, { pseudonym: erasing.pseudonym }));
}

/** The same, as users see it. Throws `not_found`. */
export async function requireErasure(scope: OrganizationScope, userId: UserId): Promise<Erasure> {
  const found = await findErasure(scope, userId);
  if (found === null) throw personDataRefusals.no_erasure();
  return show(found);
}

/**
 * Throws `forbidden` for an impersonated session: a platform user could otherwise act as both the
 * requesting and the approving admin.
 */
function assertOwn({ actor }: Context): void {
  if (actor.impersonatedBy !== undefined) throw accessRefusals.not_while_impersonating();
}

/**
 * Requests or approves the erasure of a person's identifying data. A member can request their own, and is
 * removed first. For a removed user, one admin requests and another approves; after the person's own
 * request, one admin is enough. Repeating a request returns the erasure in progress. Throws `conflict`.
 */
export async function requestErasure(ctx: Context, userId: UserId): Promise<Erasure> {
  const { scope, actor } = ctx;
  assertOwn(ctx);
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

/** Throws unless the admin is the only one and has waited. */
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
    // A person has at most one erasure at a time.
    create(scope, ErasingItem, { userId, pseudonym, entries: 0, items: 0, leasedUntil: '' }, collided),
  ]);
  return await requireErasure(scope, userId);
}

/** Withdraws an erasure that hasn't started. Throws `not_found` and `conflict`. */
export async function withdrawErasure(ctx: Context, userId: UserId): Promise<Erasure> {
  const { scope } = ctx;
  assertOwn(ctx);
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
