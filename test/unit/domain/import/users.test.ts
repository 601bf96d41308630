import { describe, expect, it } from 'vitest';
import { imported, kindsOf, organization, plan, planned, user } from './planning.ts';

const organizations = [organization('one'), organization('two')];

describe('a legacy user', () => {
  it('becomes a member of their organization with their role', async () => {
    const { outcomes } = await plan({
      organizations,
      users: [user('ada', 'one', { email: 'ADA@Example.com', role: 'org_admin' })],
    });
    const [first, , ada] = outcomes;
    if (first === undefined || ada === undefined) throw new Error('outcomes are missing');
    expect(imported(ada, 'user')).toEqual({
      kind: 'user',
      organizationId: imported(first, 'organization').id,
      userId: 'user_ada',
      email: 'ada@example.com',
      name: 'ada',
      role: 'org_admin',
      createdAt: '2023-04-02T08:00:00.000Z',
    });
  });

  it.each([
    ['no Clerk id', { userId: 'ada' }],
    ['no usable address', { email: 'ada at example' }],
  ])('with %s is kept aside', async (_, fields) => {
    const outcome = await planned({ organizations, users: [user('ada', 'one', fields)] });
    expect(outcome).toMatchObject({ verdict: 'quarantined', quarantined: [{ content: { _id: 'doc-ada' } }] });
  });

  it('of an unknown role is a team member', async () => {
    const outcome = await planned({ organizations, users: [user('ada', 'one', { role: 'owner' })] });
    expect(imported(outcome, 'user').role).toBe('team_member');
    expect(kindsOf(outcome)).toEqual(['role-unknown']);
  });

  it('who is a super admin gets no power over the platform by a file', async () => {
    const users = [user('ada', 'one', { role: 'super_admin' })];
    expect(await planned({ organizations, users })).toMatchObject({ verdict: 'quarantined' });
    const placed = await planned({ organizations, users }, { mapping: { users: { user_ada: 'one' } } });
    expect(imported(placed, 'user').role).toBe('org_admin');
  });

  it('without an organization, or of one that nobody knows, waits for a decision', async () => {
    const { outcomes } = await plan({ users: [user('ada', undefined), user('bo', 'gone')] });
    expect(outcomes.map(kindsOf)).toEqual([['organization-missing'], ['organization-unknown']]);
    const placed = await planned(
      { organizations, users: [user('bo', 'gone')] },
      { mapping: { users: { user_bo: 'two' } } },
    );
    expect(placed.verdict).toBe('imported');
  });

  it('of two organizations waits for a decision, and of one twice is one', async () => {
    const twice = await planned({
      organizations,
      users: [user('ada', 'one'), user('ada', 'one', { _id: 'again' })],
    });
    expect(kindsOf(twice)).toEqual(['user-again']);
    const both = { organizations, users: [user('ada', 'one'), user('ada', 'two', { _id: 'other' })] };
    expect(await planned(both)).toMatchObject({
      verdict: 'undecided',
      findings: [{ kind: 'user-in-two-organizations' }],
    });
    expect(await planned(both, { mapping: { setAside: ['other'] } })).toMatchObject({
      verdict: 'quarantined',
    });
  });

  it('with somebody else’s address in the organization waits for a decision; in another one that is fine', async () => {
    const same = { email: 'same@example.com' };
    const { outcomes } = await plan({
      organizations,
      users: [user('ada', 'one', same), user('bo', 'one', same), user('cy', 'two', same)],
    });
    expect(outcomes.slice(2).map(({ verdict }) => verdict)).toEqual(['imported', 'undecided', 'imported']);
    const invited = { emailOwner: async () => 'inv_somebody' };
    expect(
      await planned({ organizations, users: [user('ada', 'one')] }, { existing: invited }),
    ).toMatchObject({
      verdict: 'undecided',
    });
  });

  it('without a name goes by the address', async () => {
    const outcome = await planned({ organizations, users: [user('ada', 'one', { name: ' ' })] });
    expect(imported(outcome, 'user').name).toBe('ada@example.com');
  });

  it('keeps fields aside that the product has no place for', async () => {
    const outcome = await planned({
      organizations,
      users: [user('ada', 'one', { avatarUrl: 'https://a.example' })],
    });
    expect(outcome.quarantined).toEqual([
      {
        table: 'users',
        id: 'doc-ada',
        line: 1,
        reason: 'fields-kept',
        part: 'avatarUrl',
        content: { avatarUrl: 'https://a.example' },
      },
    ]);
  });
});
