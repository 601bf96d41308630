import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { beginDeparture } from '../../../domain/departure/begin-departure.ts';
import { departuresAfter, findDeparture } from '../../../domain/departure/find-departure.ts';
import { undoDeparture } from '../../../domain/departure/undo-departure.ts';
import { changeSubscription } from '../../../domain/organization/change-subscription.ts';
import { findOrganization } from '../../../domain/organization/find-organization.ts';
import { suspendOrganization } from '../../../domain/organization/suspend-organization.ts';
import { updateOrganization } from '../../../domain/organization/update-organization.ts';
import { type ControlPlane, platformScope } from '../../../domain/table/scope.ts';
import { contextOf } from './support/approvals.ts';
import { startControlPlane } from './support/control-plane.ts';
import { found, now, superAdmin } from './support/founding.ts';

let plane: ControlPlane;
let stop: () => Promise<void>;
beforeAll(async () => {
  ({ plane, stop } = await startControlPlane());
});
afterAll(() => stop());

const days = (count: number): Date => new Date(now.getTime() + count * 86_400_000);
const by = (at = now) => contextOf(plane, 'user_ann', at);
let count = 0;
async function leaving(graceDays = 30) {
  count += 1;
  const { organization, scope } = await found(plane, `Leaving ${count}`);
  const asked = { organizationId: organization.id, reason: 'Contract ended.', graceDays };
  return { asked, scope, id: organization.id, begun: await beginDeparture(by(), asked, plane) };
}

describe('an organization that leaves', () => {
  it('is frozen with its profile in one act, and has its days of grace', async () => {
    const { begun, scope, id } = await leaving(45);
    const frozen = { frozenAt: now.toISOString(), deletionFrom: days(45).toISOString() };
    expect(begun).toMatchObject({ organizationId: id, stage: 'grace', ...frozen });
    expect(await findOrganization(scope)).toMatchObject({ status: 'active', ...frozen });
    expect(await departuresAfter(platformScope(plane), undefined, 1)).toMatchObject([{ organizationId: id }]);
  });

  it('can’t leave twice, and one that never was can’t leave', async () => {
    const { asked } = await leaving();
    await expect(beginDeparture(by(), asked, plane)).rejects.toMatchObject({ code: 'already_exists' });
    const nobody = { ...asked, organizationId: (await leaving()).id };
    await undoDeparture(by(), nobody.organizationId, plane);
    const both = await Promise.allSettled([1, 2].map(() => beginDeparture(by(), nobody, plane)));
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });

  it('keeps its profile and its plan, but may be suspended beside', async () => {
    const { scope } = await leaving();
    const ctx = { scope, actor: superAdmin, now };
    const { revision = 0 } = (await findOrganization(scope)) ?? {};
    const frozen = { code: 'conflict', reason: 'organization_frozen' };
    await expect(updateOrganization(ctx, { revision, name: 'Other' })).rejects.toMatchObject(frozen);
    const subscription = { plan: 'starter', startDate: '2026-11-01' } as const;
    await expect(changeSubscription(ctx, { subscription, revision, dryRun: false })).rejects.toMatchObject(
      frozen,
    );
    await suspendOrganization(ctx, { reason: 'Unpaid.' });
    expect(await findOrganization(scope)).toMatchObject({ status: 'inactive', frozenAt: now.toISOString() });
  });

  it('stays after all when that is undone, and can begin again', async () => {
    const { asked, id, scope } = await leaving();
    expect(await undoDeparture(by(days(3)), id, plane)).toMatchObject({ stage: 'undone' });
    const profile = await findOrganization(scope);
    expect(profile?.frozenAt ?? profile?.deletionFrom).toBeUndefined();
    await expect(undoDeparture(by(days(3)), id, plane)).rejects.toMatchObject({ reason: 'departure_over' });
    expect(await beginDeparture(by(days(4)), asked, plane)).toMatchObject({
      stage: 'grace',
      deletionFrom: days(34).toISOString(),
    });
  });

  it('is undone once, of two people who do it at the same moment', async () => {
    const { id } = await leaving();
    const both = await Promise.allSettled([1, 2].map(() => undoDeparture(by(), id, plane)));
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(await findDeparture(platformScope(plane), id)).toMatchObject({ stage: 'undone' });
  });
});
