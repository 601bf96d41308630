import { describe, expect, it } from 'vitest';
import { newOrganizationId } from '../../../domain/ids.ts';
import { itemKinds } from '../../../domain/nouns.ts';
import { type Change, changeOf, type StreamRecord, unstampedNounOf } from '../../../events/change.ts';
import { domainEventOf } from '../../../events/domain-event.ts';

const organizationId = newOrganizationId(new Date());
const changed = { by: 'user_9', role: 'org_admin', action: 'user.renamed', requestId: 'r1' };
const before = {
  entity: 'user',
  organizationId,
  pk: `${organizationId}#user`,
  sk: 'user_1',
  name: 'Ann',
  revision: 1,
  changed,
};
const after = { ...before, name: 'Anna', revision: 2, updatedAt: '2026-11-24T12:00:00.000Z' };
const at = Date.parse('2026-11-24T12:00:01.000Z') / 1000;
/** The change in a record that isn't bookkeeping. */
function changeIn(change: Partial<StreamRecord>): Change {
  const found = changeOf(record(change));
  if (found === null) throw new Error('the record is bookkeeping');
  return found;
}
const record = (change: Partial<StreamRecord>): StreamRecord => ({
  eventID: 'e1',
  eventName: 'MODIFY',
  at,
  sequence: '1',
  key: { pk: `${organizationId}#user`, sk: 'user_1' },
  before,
  after,
  ...change,
});

describe('a stream record', () => {
  it('becomes a change with its actor, its action and the fields that differ', () => {
    expect(changeIn({})).toMatchObject({
      id: 'e1',
      organizationId,
      resource: 'user/user_1',
      action: 'user.renamed',
      actor: { by: 'user_9' },
      before: { name: 'Ann' },
      after: { name: 'Anna' },
      changed: ['name', 'revision', 'updatedAt'],
      timestamp: '2026-11-24T12:00:01.000Z',
      claimedTime: null,
    });
  });

  it('changes nothing by the order in which the table gives an attribute’s parts', () => {
    const goal = { from: 1, to: { low: 2, high: 3 } };
    const turned = { to: { high: 3, low: 2 }, from: 1 };
    const key = { pk: `${organizationId}#kpi`, sk: 'kpi_1' };
    expect(
      changeIn({ key, before: { ...before, goal }, after: { ...after, goal: turned } }).changed,
    ).not.toContain('goal');
  });

  it('shows no keys and no bookkeeping of the table', () => {
    expect(Object.keys(changeIn({}).after ?? {})).not.toEqual(expect.arrayContaining(['pk']));
    expect(changeIn({}).after).not.toHaveProperty('changed');
  });

  it('shows what is named for its kind, and of a kind nobody named only the bookkeeping all have', () => {
    const secret = { providerId: 'at-clerk', teams: { team_1: 'leader' }, directoryPk: 'platform#x', new: 1 };
    expect(changeIn({ after: { ...after, ...secret } }).after).toEqual({
      organizationId,
      name: 'Anna',
      revision: 2,
      updatedAt: after.updatedAt,
    });
    const key = { pk: `${organizationId}#novelty`, sk: 'user_1' };
    expect(changeIn({ key, after: { ...after, entity: 'novelty' } }).after).not.toHaveProperty('name');
  });

  it('blames nobody for a removal, since the old image names only who wrote it last', () => {
    const change = changeIn({ eventName: 'REMOVE', after: null });
    expect(change).toMatchObject({ actor: null, action: 'user.deleted', after: null });
  });

  it('is called by a noun as people’s actions are, whatever kind of item it is of', () => {
    for (const kind of itemKinds)
      if (kind.trail !== undefined) expect(unstampedNounOf(kind)).toMatch(/^[a-z]+(-[a-z]+)*$/);
    const key = { pk: `${organizationId}#kpi#kpi_1`, sk: '2026' };
    expect(changeIn({ eventName: 'REMOVE', key, after: null }).action).toBe('check-in.deleted');
  });

  it('without an image is refused, not guessed', () => {
    expect(() => changeIn({ before: null, after: null })).toThrow('no image');
  });

  it('becomes a domain event that carries no personal data', () => {
    const event = domainEventOf(changeIn({}));
    expect(event).toMatchObject({ name: 'user.renamed', version: 1, resource: 'user/user_1' });
    expect(JSON.stringify(event)).not.toContain('Anna');
  });
});
