import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newOrganizationId } from '../../../domain/ids.ts';
import { orderAt } from '../../../domain/table/transaction.ts';
import { changeOf, type StreamRecord } from '../../../events/change.ts';

/** What code in a function could write while bypassing the product, and the resulting audit log entries. */

const organizationId = newOrganizationId(new Date());
const stamp = { by: 'user_9', role: 'org_admin', action: 'user.role-changed', requestId: 'r1' };
const at = Date.parse('2026-11-24T12:00:01.000Z') / 1000;
const key = { pk: `${organizationId}#user`, sk: 'user_1' };
const before = {
  entity: 'user',
  organizationId,
  ...key,
  role: 'team_member',
  revision: 1,
  changed: { by: 'user_8' },
};
const after = {
  ...before,
  role: 'org_admin',
  revision: 2,
  updatedAt: '2026-11-24T12:00:00.000Z',
  changed: stamp,
};
const read = (record: Partial<StreamRecord>) =>
  changeOf({ eventID: 'e1', eventName: 'MODIFY', at, sequence: '7', key, before, after, ...record });
const unattributed = { actor: null, organizationId, changed: expect.arrayContaining(['role']) };

describe('a change whose item contradicts its key', () => {
  it.each([
    ['calls itself bookkeeping', { entity: 'tombstone' }],
    ['calls itself an entry of the trail', { entity: 'auditEntry' }],
    ['says not what it is', { entity: undefined }],
    ['says it is something else', { entity: 'kpi' }],
    ['says it only repeats another one, and changes more', { changed: { ...stamp, derived: true } }],
    ['names another organization', { organizationId: newOrganizationId(new Date()) }],
    [
      'stands in an index under another organization',
      { memberPk: `${newOrganizationId(new Date())}#member#u` },
    ],
    ['stands in an index of the platform', { directoryPk: 'platform#audit#2026-11#0' }],
    ['has no stamp', { changed: undefined }],
    ['has a stamp that is none', { changed: 'user_9' }],
    ['left the stamp of an earlier change', { changed: before.changed, revision: 1 }],
  ])('%s: it is an entry of the key’s organization that names nobody', (_, lie) => {
    expect(read({ after: { ...after, ...lie } })).toMatchObject({ ...unattributed, resource: 'user/user_1' });
  });

  it('is under a key that the product doesn’t use: it is an entry, and names nobody', () => {
    const elsewhere = { pk: `${organizationId}#hidden`, sk: 'x' };
    const lie = { ...after, ...elsewhere };
    expect(read({ eventName: 'INSERT', key: elsewhere, before: null, after: lie })).toMatchObject({
      actor: null,
      resource: 'unknown/x',
      action: 'unknown.created',
    });
  });

  it('leaves no other doubt: what agrees is somebody’s', () => {
    expect(read({})).toMatchObject({ actor: { by: 'user_9' }, action: 'user.role-changed' });
  });
});

describe('what leaves no entry', () => {
  it('is bookkeeping by its key, whatever it says of itself', () => {
    for (const pk of ['audit#2026-11', 'rate', 'tombstone', 'email']) {
      const own = { pk: `${organizationId}#${pk}`, sk: 'x' };
      expect(read({ key: own, after: { ...after, ...own } })).toBeNull();
    }
  });

  it('repeats what another item of the transaction says, and touches nothing else', () => {
    const derived = { ...stamp, action: 'team.member-added', derived: true };
    const added = { ...after, role: before.role, teams: { team_1: 'member' }, changed: derived };
    expect(read({ after: added })).toBeNull();
    const kpi = { pk: `${organizationId}#kpi`, sk: 'kpi_1' };
    const moved = { ...before, ...kpi, entity: 'kpi', changed: derived };
    expect(read({ key: kpi, before: moved, after: { ...moved, latest: { value: 1 } } })).toBeNull();
    expect(read({ key: kpi, before: moved, after: { ...moved, name: 'Other' } })).toMatchObject({
      actor: null,
    });
  });
});

describe('an access event', () => {
  const event = (partition: string, action: string, about: string) => {
    const own = { pk: `platform#${partition}`, sk: 'x' };
    const changed = { ...stamp, action };
    const item = { ...after, ...own, entity: 'accessEvent', organizationId: 'platform', about, changed };
    return read({ eventName: 'INSERT', key: own, before: null, after: item });
  };

  it('says what its partition is for', () => {
    expect(event('access', 'session.started', 'session/s1')).toMatchObject({
      actor: { by: 'user_9' },
      action: 'session.started',
      resource: 'session/s1',
    });
    expect(event('access#refused', 'access.refused', 'route/listUsers')).toMatchObject({
      resource: 'route/listUsers',
    });
  });

  it('that says another thing is that of its partition, by nobody', () => {
    for (const [action, about] of [
      ['organization.deleted', 'session/s1'],
      ['session.started', 'organization/org_1'],
    ] as const)
      expect(event('access', action, about)).toMatchObject({ actor: null, action: 'session.started' });
    expect(event('access#elsewhere', 'session.started', 'session/s1')).toMatchObject({ actor: null });
  });
});

describe('the time of a change', () => {
  const written = (updatedAt: unknown) => read({ after: { ...after, updatedAt } });

  it('is the stream’s, to the second', () => {
    expect(read({ at: at + 0.9 })?.timestamp).toBe('2026-11-24T12:00:01.000Z');
  });

  it.each([
    '2026-03-01T00:00:00.000Z',
    '2026-11-24T11:54:59.000Z',
    '2026-11-24T12:05:03.000Z',
    'soon',
    7,
    null,
  ])('that its writer gave as %s, more than five minutes off, is told and not used', (claimed) => {
    expect(written(claimed)).toMatchObject({
      timestamp: '2026-11-24T12:00:01.000Z',
      claimedTime: String(claimed),
    });
  });

  it.each(['2026-11-24T11:55:01.000Z', '2026-11-24T12:05:01.000Z'])('is near enough at %s', (claimed) => {
    expect(written(claimed)?.claimedTime).toBeNull();
  });
});

describe('entries of one second', () => {
  it('sort as their changes were made, by ids that are the stream event’s alone', () => {
    const sequence = fc.bigInt({ min: 0n, max: 10n ** 40n - 1n });
    const idOf = (number: bigint, eventID: string) =>
      read({ sequence: String(number), eventID })?.entryId ?? '';
    fc.assert(
      fc.property(sequence, sequence, fc.string(), fc.string(), (one, other, a, b) => {
        fc.pre(one < other);
        expect(idOf(one, a) < idOf(other, b)).toBe(true);
        expect(idOf(one, a)).toBe(idOf(one, a));
        expect(idOf(one, 'a')).not.toBe(idOf(one, 'b'));
      }),
    );
  });

  it('of one transaction sort as it lists its writes, whichever the stream has first', () => {
    const sent = Date.parse('2026-11-24T12:00:00.950Z');
    const idOf = (step: number, sequence: string) => {
      const changed = { ...stamp, order: orderAt(sent, step) };
      return read({ sequence, after: { ...after, changed } })?.entryId ?? '';
    };
    const steps = Array.from({ length: 100 }, (_, step) => idOf(step, String(1000 - step)));
    expect([...steps].sort()).toEqual(steps);
  });

  it('take no order from a stamp that has none of ours', () => {
    const idOf = (order: unknown) => read({ after: { ...after, changed: { ...stamp, order } } })?.entryId;
    expect(idOf('zzz')).toBe(idOf(undefined));
    expect(idOf('#'.repeat(11))).toBe(idOf(undefined));
  });
});
