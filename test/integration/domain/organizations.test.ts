import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOrganization } from '../../../domain/organization/founding.service.ts';
import { findOrganization } from '../../../domain/organization/organization.service.ts';
import { listOrganizations } from '../../../domain/organization/organization-list.service.ts';
import { changeSubscription } from '../../../domain/organization/plan-change.service.ts';
import { foundPlatform } from '../../../domain/organization/platform.service.ts';
import { updateProfile } from '../../../domain/organization/profile.service.ts';
import {
  deactivateOrganization,
  reactivateOrganization,
} from '../../../domain/organization/standing-change.service.ts';
import { requireStanding } from '../../../domain/subscription/standing.ts';
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
    const changed = await updateProfile(plane, scope, superAdmin, { name: 'Afterwards', revision: 1 }, now);
    expect(changed).toMatchObject({ name: 'Afterwards', revision: 2 });
    expect(await named('afterw')).toEqual(['Afterwards']);
    expect(await named('before')).toEqual([]);
    expect(
      await createOrganization(plane, superAdmin, { ...request('second'), name: 'Before' }, sender(), now),
    ).toMatchObject({ name: 'Before' });
  });

  it('keeps its name when another organization has the new one', async () => {
    await found('Taken');
    const { scope } = await found('Wanting');
    await expect(
      updateProfile(plane, scope, superAdmin, { name: 'TAKEN', revision: 1 }, now),
    ).rejects.toMatchObject({ code: 'already_exists', fields: [{ path: 'name' }] });
    expect(await findOrganization(scope)).toMatchObject({ name: 'Wanting', revision: 1 });
  });

  it('loses no change of two made from the same state', async () => {
    const { scope } = await found('Parallel');
    const contact = (name: string) => ({ contactPerson: { name, email: 'c@parallel.example' }, revision: 1 });
    const outcomes = await Promise.allSettled(
      ['One', 'Two', 'Three'].map((name) => updateProfile(plane, scope, superAdmin, contact(name), now)),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await findOrganization(scope)).toMatchObject({ revision: 2 });
  });
});

describe('a suspended organization', () => {
  it('is not served until it is reactivated', async () => {
    const { scope } = await found('Suspended');
    const suspended = await deactivateOrganization(scope, superAdmin, 'unpaid', now);
    expect(suspended).toMatchObject({ status: 'inactive', inactiveReason: 'unpaid' });
    expect(() => requireStanding(suspended, now)).toThrow(
      expect.objectContaining({ code: 'organization_inactive' }),
    );
    const active = await reactivateOrganization(scope, superAdmin, now);
    expect(active).not.toHaveProperty('inactiveReason');
    expect(() => requireStanding(active, now)).not.toThrow();
  });

  it('can’t be suspended again, nor an active one reactivated', async () => {
    const { scope } = await found('Twice');
    await expect(reactivateOrganization(scope, superAdmin, now)).rejects.toMatchObject({ code: 'conflict' });
    await deactivateOrganization(scope, superAdmin, 'unpaid', now);
    await expect(deactivateOrganization(scope, superAdmin, 'again', now)).rejects.toMatchObject({
      code: 'conflict',
    });
  });
});

describe('a change of subscription', () => {
  const subscription = { plan: 'starter' as const, startDate: '2026-11-01', endDate: '2026-11-23' };

  it('changes nothing in a dry run', async () => {
    const { scope } = await found('Dry');
    const change = { subscription, revision: 1, dryRun: true };
    expect(await changeSubscription(scope, superAdmin, change, now)).toMatchObject({
      applied: false,
      exceeded: [],
    });
    expect(await findOrganization(scope)).toMatchObject({ subscription: { plan: 'growth' }, revision: 1 });
  });

  it('holds from the next request on: past its last day nobody is served', async () => {
    const { scope } = await found('Ended');
    await changeSubscription(scope, superAdmin, { subscription, revision: 1, dryRun: false }, now);
    const ended = await findOrganization(scope);
    expect(ended).toMatchObject({ subscription, revision: 2 });
    if (ended === null) throw new Error('the organization is gone');
    expect(() => requireStanding(ended, now)).toThrow(
      expect.objectContaining({ code: 'subscription_expired' }),
    );
    expect(() => requireStanding(ended, new Date('2026-11-23T23:59:59.999Z'))).not.toThrow();
  });

  it('can take the end away', async () => {
    const { scope } = await found('Endless');
    await changeSubscription(scope, superAdmin, { subscription, revision: 1, dryRun: false }, now);
    const { endDate: _, ...endless } = subscription;
    await changeSubscription(scope, superAdmin, { subscription: endless, revision: 2, dryRun: false }, now);
    expect((await findOrganization(scope))?.subscription).toEqual(endless);
  });

  it('is refused to a state that somebody else has changed', async () => {
    const { scope } = await found('Stale Plan');
    await expect(
      changeSubscription(scope, superAdmin, { subscription, revision: 7, dryRun: true }, now),
    ).rejects.toMatchObject({ code: 'stale' });
  });
});

describe('the platform', () => {
  it('is founded once', async () => {
    const person = { name: 'Root', email: 'root@aligno.example' };
    const platform = platformScope(plane);
    const invitation = await foundPlatform(platform, superAdmin, person, sender(), now);
    expect(invitation).toMatchObject({ role: 'super_admin', status: 'pending' });
    await expect(
      foundPlatform(platform, superAdmin, { ...person, email: 'second@aligno.example' }, sender(), now),
    ).rejects.toMatchObject({ code: 'already_exists' });
  });
});
