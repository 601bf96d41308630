import { describe, expect, it } from 'vitest';
import { OrganizationId } from '../../../../domain/ids.ts';
import { imported, kindsOf, organization, plan, planned, user } from './planning.ts';

const existingId = OrganizationId.parse(`org_${'0'.repeat(26)}`);

describe('a legacy organization', () => {
  it('keeps name, contact, status, subscription and the time it was created at', async () => {
    const outcome = await planned({ organizations: [organization('one')] });
    expect(imported(outcome, 'organization')).toMatchObject({
      name: 'Organization one',
      contactPerson: { name: 'Cora', email: 'cora@example.com' },
      status: 'active',
      subscription: { plan: 'growth', startDate: '2023-04-01' },
      createdAt: '2023-03-28T10:40:00.000Z',
    });
    expect(outcome.findings).toEqual([]);
  });

  it('gets the same id each time, and another one than its neighbour', async () => {
    const ids = async () => {
      const { outcomes } = await plan({ organizations: [organization('one'), organization('two')] });
      return outcomes.map((outcome) => imported(outcome, 'organization').id);
    };
    const first = await ids();
    expect(await ids()).toEqual(first);
    expect(new Set(first).size).toBe(2);
    for (const id of first) expect(OrganizationId.parse(id)).toBe(id);
  });

  it('takes _creationTime where createdAt is missing', async () => {
    const outcome = await planned({ organizations: [organization('one', { createdAt: undefined })] });
    expect(imported(outcome, 'organization').createdAt).toBe(new Date(1_680_000_000_000).toISOString());
    expect(kindsOf(outcome)).toEqual(['created-missing']);
  });

  it('keeps a createdAt aside that is no time', async () => {
    const outcome = await planned({ organizations: [organization('one', { createdAt: 'long ago' })] });
    expect(imported(outcome, 'organization').createdAt).toBe(new Date(1_680_000_000_000).toISOString());
    expect(kindsOf(outcome)).toEqual(['date-unreadable', 'created-missing']);
    expect(outcome.quarantined).toMatchObject([{ part: 'createdAt', content: 'long ago' }]);
  });

  it('comes to the plan starter without a subscription', async () => {
    const outcome = await planned({ organizations: [organization('one', { subscription: undefined })] });
    expect(imported(outcome, 'organization').subscription).toEqual({
      plan: 'starter',
      startDate: '2023-03-28',
    });
    expect(kindsOf(outcome)).toEqual(['plan-missing']);
  });

  it('waits for a decision on a plan that the catalogue lacks, and takes the one given', async () => {
    const organizations = [organization('one', { subscription: { plan: 'Gold', startDate: '2023-01-01' } })];
    expect(await planned({ organizations })).toMatchObject({ verdict: 'undecided' });
    const decided = await planned({ organizations }, { mapping: { plans: { Gold: 'enterprise' } } });
    expect(imported(decided, 'organization').subscription.plan).toBe('enterprise');
  });

  it('is inactive when its status is none that the product knows', async () => {
    const outcome = await planned({ organizations: [organization('one', { status: 'archived' })] });
    expect(imported(outcome, 'organization').status).toBe('inactive');
    expect(kindsOf(outcome)).toEqual(['status-unknown']);
  });

  it('keeps a date aside that is none', async () => {
    const subscription = { plan: 'growth', startDate: '2023-04-01T00:00:00Z', endDate: 'never' };
    const outcome = await planned({ organizations: [organization('one', { subscription })] });
    expect(imported(outcome, 'organization').subscription).toEqual({
      plan: 'growth',
      startDate: '2023-04-01',
    });
    expect(outcome.quarantined).toMatchObject([{ part: 'subscription.endDate', content: 'never' }]);
  });

  it('is imported with a contact person who is incomplete', async () => {
    const outcome = await planned({
      organizations: [organization('one', { contactPerson: { name: 'Only' } })],
    });
    expect(imported(outcome, 'organization').contactPerson).toEqual({ name: 'Only', email: '' });
    expect(kindsOf(outcome)).toEqual(['contact-incomplete']);
  });

  it('waits for a decision when its name is taken in the export or in the product', async () => {
    const organizations = [organization('one', { name: 'Acme' }), organization('two', { name: ' ACME ' })];
    expect(kindsOf(await planned({ organizations }))).toEqual(['name-taken']);
    const existing = { organizationNamed: async () => existingId };
    const alone = { organizations: [organization('one')] };
    expect(kindsOf(await planned(alone, { existing }))).toEqual(['name-taken']);
    const renamed = await planned({ organizations }, { mapping: { organizationNames: { two: 'Acme Two' } } });
    expect(imported(renamed, 'organization').name).toBe('Acme Two');
  });

  it('is one that the product has, when the mapping says so, and its users go there', async () => {
    const tables = { organizations: [organization('one')], users: [user('ada', 'one')] };
    const { outcomes } = await plan(tables, { mapping: { organizations: { one: existingId } } });
    expect(outcomes.map(({ verdict }) => verdict)).toEqual(['mapped', 'imported']);
    expect(outcomes[1]?.imported).toMatchObject({ organizationId: existingId });
    const existing = { hasOrganization: async () => false };
    const { outcomes: missing } = await plan(tables, {
      mapping: { organizations: { one: existingId } },
      existing,
    });
    expect(missing.map(kindsOf)).toEqual([['target-missing'], ['organization-not-imported']]);
  });

  it('is never the platform', async () => {
    const mapping = { organizations: { one: 'platform' }, users: { user_ada: 'platform' } };
    const { outcomes } = await plan(
      { organizations: [organization('one')], users: [user('ada', undefined)] },
      { mapping },
    );
    expect(outcomes.map(({ verdict }) => verdict)).toEqual(['undecided', 'undecided']);
  });

  it('keeps aside what its parts have more of, an id of its own, and a part that is no object', async () => {
    const kept = async (fields: object) => {
      const { quarantined } = await planned({ organizations: [organization('one', fields)] });
      return quarantined.map(({ part, content }) => [part, content]);
    };
    const contactPerson = { name: 'Cora', email: 'cora@example.com', phone: '1', title: 'CEO' };
    const subscription = { plan: 'growth', startDate: '2023-04-01', seats: 7, price: 1 };
    expect(await kept({ id: 'own-1', contactPerson, subscription })).toEqual([
      ['subscription', { seats: 7, price: 1 }],
      ['contactPerson', { title: 'CEO' }],
      ['id', { id: 'own-1' }],
    ]);
    expect(await kept({ id: 'one', contactPerson: 'Cora', subscription: 'growth' })).toEqual([
      ['subscription', 'growth'],
      ['contactPerson', 'Cora'],
    ]);
  });

  it('is told of when nobody is its admin and when it has more than its plan allows', async () => {
    const users = Array.from({ length: 11 }, (_, index) => user(`u${index}`, 'one'));
    const organizations = [
      organization('one', { subscription: { plan: 'starter', startDate: '2023-04-01' } }),
    ];
    const { concluded } = await plan({ organizations, users });
    expect(concluded.map(({ kind }) => kind)).toEqual(['no-admin', 'over-plan']);
  });

  it('is kept aside with all that belongs to it when the mapping says so', async () => {
    const tables = { organizations: [organization('one')], users: [user('ada', 'one')] };
    const { outcomes } = await plan(tables, { mapping: { setAside: ['one'] } });
    expect(outcomes.map(kindsOf)).toEqual([['set-aside-by-mapping'], ['organization-not-imported']]);
  });
});

describe('a mapping', () => {
  it('that names what the export does not have is told of', async () => {
    const { concluded } = await plan({}, { mapping: { teams: { t9: 'one' }, setAside: ['x'] } });
    expect(concluded.map(({ detail }) => detail)).toEqual(['teams t9', 'setAside x']);
  });
});
