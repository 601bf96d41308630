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
    ['more details than an item may hold', { details: 'x'.repeat(410_000) }],
  ])('with %s is kept aside', async (_, fields) => {
    const outcome = await planned({ organizations, auditLogs: [auditLog('a1', 'one', fields)] });
    expect(outcome).toMatchObject({ verdict: 'quarantined', quarantined: [{ id: 'a1' }] });
  });

  it.each([
    ['a number above the exact ones', '{"a":[0,{"n":9007199254740993}]}', 'details.a[1].n'],
    ['a number below the smallest', '{"n":1e-140}', 'details.n'],
    ['a number that is none', '[1e400]', 'details[0]'],
    ['more digits than a number keeps', '{"n":3.14159265358979323846}', 'details.n'],
    ['40 nested lists', `{"a":${'['.repeat(40)}${']'.repeat(40)}}`, `details.a${'[0]'.repeat(29)}`],
    ['half of a character', String.raw`{"t":"a\ud800b"}`, 'details.t'],
    ['half of a character in a name', String.raw`{"a\ud800":1}`, 'details.a\ud800'],
    ['a field named constructor', '{"constructor":"x"}', 'details.constructor'],
    ['a field named __proto__', '{"a":{"__proto__":"x"}}', 'details.a.__proto__'],
    ['a field without a name', '{"":1}', 'details.'],
  ])('whose details hold %s keeps them as their text', async (_, details, path) => {
    const text = JSON.stringify(auditLog('a1', 'one', { details: 'here' })).replace('"here"', () => details);
    const outcome = await planned({ organizations, auditLogs: [text] });
    expect(imported(outcome, 'auditEntry').entry.details.after?.details).toBe(details);
    expect(outcome.findings).toEqual([
      expect.objectContaining({ kind: 'details-as-text', id: 'a1', line: 1 }),
    ]);
    expect(outcome.findings[0]?.detail?.split(': ')[0]).toBe(path);
  });

  it.each(['{"n":9007199254740991,"m":-0.5e-129}', '[1.5, 1.0, 0.00, 1e2]', '[[[]], {"toString": null}]'])(
    'keeps details that the table holds as they are: %s',
    async (details) => {
      const text = JSON.stringify(auditLog('a1', 'one', { details: 'here' })).replace('"here"', details);
      const outcome = await planned({ organizations, auditLogs: [text] });
      expect(imported(outcome, 'auditEntry').entry.details.after?.details).toEqual(JSON.parse(details));
      expect(outcome.findings).toEqual([]);
    },
  );

  it('that takes more in the table than in the file is kept aside too', async () => {
    const outcome = await planned({
      organizations,
      auditLogs: [auditLog('a1', 'one', { details: Array.from({ length: 110_000 }, () => []) })],
    });
    expect(kindsOf(outcome)).toEqual(['document-too-large']);
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
