import type { Context } from '../context.ts';
import { newSupportAccessId, UserId } from '../ids.ts';
import { transact } from '../table/transaction.ts';
import { create, fresh, replace } from '../table/writes.ts';
import { showSupportAccess, waitingMs } from './find-support-access.ts';
import { SupportAccessItem, SupportVisitItem } from './support-access.noun.ts';
import { supportAccessRefusals } from './support-access.refusals.ts';
import type { NewSupportAccess, SupportAccess, SupportStage } from './support-access.schema.ts';
import { minutesAfter } from './support-access-writes.ts';

/**
 * Opens support access for the actor, with a reason and a duration, or requests it where the organization's
 * admins have to grant it. An emergency opens it immediately. Throws `conflict` if the actor already has or
 * has requested one here.
 */
export async function openSupportAccess(
  { scope, actor, now }: Context,
  stage: SupportStage,
  { isEmergency: asksAsEmergency, ...input }: NewSupportAccess,
): Promise<SupportAccess> {
  if (stage === 'open') throw supportAccessRefusals.support_access_not_needed();
  const isEmergency = stage === 'consented' && asksAsEmergency === true;
  const isOpen = stage === 'reasoned' || isEmergency;
  const supportAccessId = newSupportAccessId(now);
  const operatorId = UserId.parse(actor.by);
  const until = isOpen ? minutesAfter(now, input.minutes) : new Date(now.getTime() + waitingMs).toISOString();
  const state = isOpen ? 'open' : 'requested';
  const ctx = { scope, now, actor: { ...actor, supportAccess: supportAccessId } };
  const item = fresh(
    ctx,
    SupportAccessItem,
    {
      ...input,
      ...{ supportAccessId, operatorId, operatorName: actor.name, state, isEmergency },
      ...(isOpen ? { from: now.toISOString(), until } : {}),
    },
    isEmergency
      ? 'support-access.emergency-opened'
      : isOpen
        ? 'support-access.opened'
        : 'support-access.requested',
  );
  const visit = { operatorId, supportAccessId, mode: input.mode, state, until } as const;
  await transact(scope, [
    create(scope, SupportAccessItem, item),
    replace(scope, SupportVisitItem, visit, {
      where: (known, { notExists, lte }) =>
        `${notExists(known.until)} OR ${lte(known.until, now.toISOString())}`,
      refusal: supportAccessRefusals.support_access_open_already,
    }),
  ]);
  return showSupportAccess(item, now);
}
