import { describe, expect, it } from 'vitest';
import { auditLog, imported, kindsOf, organization, plan, planned } from './planning.ts';

const organizations = [organization('one')];
const entryOf = async (...args: Parameters<typeof planned>) =>
  imported(await planned(...args), 'auditEntry').entry;

describe('a legacy audit log', () => {
  it('becomes an entry of its organization with its own time, user and action, marked as legacy', async () => {
    const { outcomes } = await plan({ organizations, auditLogs: [auditLog('a1', 'one')] });
    const [one, log] = outcomes;
    if (one === undefined || log === undefined) throw new Error('outcomes are missing');
    expect(imported(log, 'auditEntry').entry).toMatchObject({
      organizationId: imported(one, 'organization').id,
      userId: 'user_ada',
      action: 'team.create',
      resource: 'team/1',
      timestamp: '2023-07-01T12:00:00.000Z',
      details: {
        before: null,
        after: { source: 'legacy', legacyId: 'a1', details: { any: ['thing'] } },
        changed: [],
      },
    });
  });

  it('of no organization, or of one not in the export, goes where only super admins read', async () => {
    const none = await entryOf({ organizations, auditLogs: [auditLog('a1', undefined)] });
    const gone = await entryOf({ organizations, auditLogs: [auditLog('a1', 'gone')] });
    expect([none.organizationId, gone.organizationId]).toEqual(['platform', 'platform']);
    expect(gone.details.after).toMatchObject({ legacyOrganizationId: 'gone' });
  });

  it('of an organization that is not imported stays with it', async () => {
    const outcome = await planned(
      { organizations, auditLogs: [auditLog('a1', 'one')] },
      { mapping: { setAside: ['one'] } },
    );
    expect(kindsOf(outcome)).toEqual(['organization-not-imported']);
  });

  it('reads times in ISO form and in milliseconds, and takes _creationTime where there is none', async () => {
    const at = async (timestamp: unknown) =>
      (await entryOf({ organizations, auditLogs: [auditLog('a1', 'one', { timestamp })] })).timestamp;
    expect(await at('2023-07-01 12:00')).toBe('2023-07-01T12:00:00.000Z');
    expect(await at('2023-07-01T12:00:00+02:00')).toBe('2023-07-01T10:00:00.000Z');
    expect(await at(1_690_000_000_000)).toBe('2023-07-22T04:26:40.000Z');
    expect(await at('yesterday')).toBe(new Date(1_680_000_000_000).toISOString());
    expect(await at('+275760-09-13T00:00:00Z')).toBe(new Date(1_680_000_000_000).toISOString());
  });

  it.each([
    ['no action', { action: undefined }],
    ['no user', { userId: '' }],
    ['more details than an item may hold', { details: 'x'.repeat(400_000) }],
  ])('with %s is kept aside', async (_, fields) => {
    const outcome = await planned({ organizations, auditLogs: [auditLog('a1', 'one', fields)] });
    expect(outcome).toMatchObject({ verdict: 'quarantined', quarantined: [{ id: 'a1' }] });
  });

  it('is told apart from another one of the same _id', async () => {
    const first = await entryOf({ organizations, auditLogs: [auditLog('a1', 'one')] });
    const second = await entryOf({
      organizations,
      auditLogs: [auditLog('a1', 'one', { action: 'team.update' })],
    });
    expect(second.id).not.toBe(first.id);
  });
});
