import { describe, expect, it } from 'vitest';
import { newOrganizationId } from '../../../domain/ids.ts';
import { auditedAttributes } from '../../../events/audited-attributes.ts';
import { changeOf, nounOf, type StreamRecord } from '../../../events/change.ts';
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
const record = (change: Partial<StreamRecord>): StreamRecord => ({
  eventID: 'e1',
  eventName: 'MODIFY',
  at: 1_790_000_000,
  before,
  after,
  ...change,
});

describe('a stream record', () => {
  it('becomes a change with its actor, its action and the fields that differ', () => {
    expect(changeOf(record({}))).toMatchObject({
      id: 'e1',
      organizationId,
      resource: 'user/user_1',
      action: 'user.renamed',
      actor: { by: 'user_9' },
      before: { name: 'Ann' },
      after: { name: 'Anna' },
      changed: ['name', 'revision', 'updatedAt'],
      timestamp: '2026-11-24T12:00:00.000Z',
    });
  });

  it('that names another organization than its key is refused: it would be told to that one', () => {
    const other = newOrganizationId(new Date());
    expect(() => changeOf(record({ after: { ...after, organizationId: other } }))).toThrow(
      'another organization than its key',
    );
  });

  it('shows no keys and no bookkeeping of the table', () => {
    expect(Object.keys(changeOf(record({})).after ?? {})).not.toEqual(expect.arrayContaining(['pk']));
    expect(changeOf(record({})).after).not.toHaveProperty('changed');
  });

  it('shows what is named for its kind, and of a kind nobody named only the bookkeeping all have', () => {
    const secret = { providerId: 'at-clerk', teams: { team_1: 'leader' }, directoryPk: 'platform#x', new: 1 };
    expect(changeOf(record({ after: { ...after, ...secret } })).after).toEqual({
      organizationId,
      name: 'Anna',
      revision: 2,
      updatedAt: after.updatedAt,
    });
    expect(changeOf(record({ after: { ...after, entity: 'novelty' } })).after).not.toHaveProperty('name');
  });

  it('of an access says what it is about', () => {
    const about = 'route/listUsers';
    const access = { ...after, entity: 'accessEvent', about, access: { code: 'forbidden' } };
    expect(changeOf(record({ eventName: 'INSERT', before: null, after: access }))).toMatchObject({
      resource: about,
      after: { access: { code: 'forbidden' } },
    });
  });

  it('blames nobody for a removal, since the old image names only who wrote it last', () => {
    const change = changeOf(record({ eventName: 'REMOVE', after: null }));
    expect(change).toMatchObject({ actor: null, action: 'user.deleted', after: null });
  });

  it('is called by a noun as people’s actions are, whatever kind of item it is of', () => {
    for (const entity of Object.keys(auditedAttributes)) expect(nounOf(entity)).toMatch(/^[a-z]+(-[a-z]+)*$/);
    const checkIn = record({ eventName: 'REMOVE', before: { ...before, entity: 'checkIn' }, after: null });
    expect(changeOf(checkIn).action).toBe('check-in.deleted');
  });

  it('without an image is refused, not guessed', () => {
    expect(() => changeOf(record({ before: null, after: null }))).toThrow('no image');
  });

  it('becomes a domain event that carries no personal data', () => {
    const event = domainEventOf(changeOf(record({})));
    expect(event).toMatchObject({ name: 'user.renamed', version: 1, resource: 'user/user_1' });
    expect(JSON.stringify(event)).not.toContain('Anna');
  });
});
