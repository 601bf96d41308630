import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assertServed } from '../../../domain/organization/assert-served.ts';
import { changeSubscription } from '../../../domain/organization/change-subscription.ts';
import { requireOrganizationWithCounts } from '../../../domain/organization/counts.ts';
import { createOrganization, createPlatform } from '../../../domain/organization/create-organization.ts';
import { findOrganization } from '../../../domain/organization/find-organization.ts';
import { listOrganizations } from '../../../domain/organization/list-organizations.ts';
import {
  reactivateOrganization,
  suspendOrganization,
} from '../../../domain/organization/suspend-organization.ts';
import { updateOrganization } from '../../../domain/organization/update-organization.ts';
import { type ControlPlane, platformScope } from '../../../domain/table/scope.ts';
import { startControlPlane } from './support/control-plane.ts';
import { found as foundIn, now, request, sender, superAdmin } from './support/founding.ts';

let plane: ControlPlane;
let stop: () => Promise<void>;
beforeAll(async () => {
  ({ plane, stop } = await startControlPlane());
});
afterAll(() => stop());

const found = (name: string) => foundIn(plane, name);
const named = async (search: string) =>
  (await listOrganizations(plane, { search, direction: 'asc' }, { position: undefined, limit: 10, now })).map(
    ({ organization: { name } }) => name,
  );

describe('an organization’s profile', () => {
  it('takes a new name, by which it is found, and gives the old one up', async () => {
    const { scope } = await found('Before');
    const changed = await updateOrganization(
      { scope, actor: superAdmin, now },
      { name: 'Afterwards', revision: 1 },
    );
    expect(changed).toMatchObject({ name: 'Afterwards', revision: 2 });
    expect(await named('afterw')).toEqual(['Afterwards']);
    expect(await named('before')).toEqual([]);
    expect(
      await createOrganization(
        { scope: platformScope(plane), actor: superAdmin, now },
        { ...request('second'), name: 'Before' },
        sender(),
      ),
    ).toMatchObject({ name: 'Before' });
  });

  it('keeps its name when another organization has the new one', async () => {
    await found('Taken');
    const { scope } = await found('Wanting');
    await expect(
      updateOrganization({ scope, actor: superAdmin, now }, { name: 'TAKEN', revision: 1 }),
    ).rejects.toMatchObject({ code: 'already_exists', fields: [{ path: 'name' }] });
    expect(await findOrganization(scope)).toMatchObject({ name: 'Wanting', revision: 1 });
  });

  it('loses no change of two made from the same state', async () => {
    const { scope } = await found('Parallel');
    const contact = (name: string) => ({ contactPerson: { name, email: 'c@parallel.example' }, revision: 1 });
    const outcomes = await Promise.allSettled(
      ['One', 'Two', 'Three'].map((name) =>
        updateOrganization({ scope, actor: superAdmin, now }, contact(name)),
      ),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await findOrganization(scope)).toMatchObject({ revision: 2 });
  });
});

describe('a suspended organization', () => {
  it('is not served until it is reactivated', async () => {
    const { scope } = await found('Suspended');
    const suspended = await suspendOrganization({ scope, actor: superAdmin, now }, { reason: 'unpaid' });
    expect(suspended).toMatchObject({ status: 'inactive', inactiveReason: 'unpaid' });
    expect(() => assertServed(suspended, now)).toThrow(
      expect.objectContaining({ code: 'organization_inactive' }),
    );
    const active = await reactivateOrganization({ scope, actor: superAdmin, now });
    expect(active).not.toHaveProperty('inactiveReason');
    expect(() => assertServed(active, now)).not.toThrow();
  });

  it('keeps when that was', async () => {
    const { scope } = await found('Dated');
    const later = new Date(now.getTime() + 3_600_000);
    await suspendOrganization({ scope, actor: superAdmin, now }, { reason: 'unpaid' });
    const suspended = await requireOrganizationWithCounts(scope);
    expect(suspended.suspendedAt).toBe(now.toISOString());
    expect(suspended.reactivatedAt).toBeUndefined();
    await reactivateOrganization({ scope, actor: superAdmin, now: later });
    expect(await requireOrganizationWithCounts(scope)).toMatchObject({
      suspendedAt: now.toISOString(),
      reactivatedAt: later.toISOString(),
    });
  });

  it('can’t be suspended again, nor an active one reactivated', async () => {
    const { scope } = await found('Twice');
    await expect(reactivateOrganization({ scope, actor: superAdmin, now })).rejects.toMatchObject({
      code: 'conflict',
    });
    await suspendOrganization({ scope, actor: superAdmin, now }, { reason: 'unpaid' });
    await expect(
      suspendOrganization({ scope, actor: superAdmin, now }, { reason: 'again' }),
    ).rejects.toMatchObject({
      code: 'conflict',
    });
  });
});

describe('a change of subscription', () => {
  const subscription = { plan: 'starter' as const, startDate: '2026-11-01', endDate: '2026-11-23' };

  it('changes nothing in a dry run', async () => {
    const { scope } = await found('Dry');
    const change = { subscription, revision: 1, dryRun: true };
    expect(await changeSubscription({ scope, actor: superAdmin, now }, change)).toMatchObject({
      applied: false,
      exceeded: [],
    });
    expect(await findOrganization(scope)).toMatchObject({ subscription: { plan: 'growth' }, revision: 1 });
  });

  it('holds from the next request on: past its last day nobody is served', async () => {
    const { scope } = await found('Ended');
    await changeSubscription({ scope, actor: superAdmin, now }, { subscription, revision: 1, dryRun: false });
    const ended = await findOrganization(scope);
    expect(ended).toMatchObject({ subscription, revision: 2 });
    if (ended === null) throw new Error('the organization is gone');
    expect(() => assertServed(ended, now)).toThrow(expect.objectContaining({ code: 'subscription_expired' }));
    expect(() => assertServed(ended, new Date('2026-11-23T23:59:59.999Z'))).not.toThrow();
  });

  it('can take the end away', async () => {
    const { scope } = await found('Endless');
    await changeSubscription({ scope, actor: superAdmin, now }, { subscription, revision: 1, dryRun: false });
    const { endDate: _, ...endless } = subscription;
    await changeSubscription(
      { scope, actor: superAdmin, now },
      { subscription: endless, revision: 2, dryRun: false },
    );
    expect((await findOrganization(scope))?.subscription).toEqual(endless);
  });

  it('is refused to a state that somebody else has changed', async () => {
    const { scope } = await found('Stale Plan');
    await expect(
      changeSubscription({ scope, actor: superAdmin, now }, { subscription, revision: 7, dryRun: true }),
    ).rejects.toMatchObject({ code: 'stale' });
  });
});

describe('the platform', () => {
  it('is founded once', async () => {
    const person = { name: 'Root', email: 'root@aligno.example' };
    const platform = platformScope(plane);
    const invitation = await createPlatform({ scope: platform, actor: superAdmin, now }, person, sender());
    expect(invitation).toMatchObject({ role: 'super_admin', status: 'pending' });
    await expect(
      createPlatform(
        { scope: platform, actor: superAdmin, now },
        { ...person, email: 'second@aligno.example' },
        sender(),
      ),
    ).rejects.toMatchObject({ code: 'already_exists' });
  });
});
