import { screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import type { FeedAuditEntry } from '../../domain/audit/audit.schema.ts';
import { itemKinds } from '../../domain/nouns.ts';
import { features } from '../../web/features.ts';
import type { Feature } from '../../web/lib/feature.ts';
import { languages } from '../../web/text/language.tsx';
import { english } from './support/english.ts';
import { organizationId } from './support/render-app.tsx';
import { kpi, team } from './support/small-organization.ts';
import { entries, entry, image, openTrail, timestamp, told } from './support/trail.tsx';

const { audit, trail } = english;
const goal = (target: number) => ({ direction: 'up', baseline: 0, target, period: {} });
const kpiImage = (fields: object) => image({ kpiId: kpi.id, name: 'Churn', unit: '%', ...fields });

describe('the audit log', () => {
  it('has words for every action of the domain, and for no other', () => {
    const named = itemKinds.flatMap((kind) => kind.trail?.actions ?? []);
    expect(Object.keys(trail.actions).sort()).toEqual([...named].sort());
  });

  it('has a word for every attribute it shows', () => {
    const shown = itemKinds.flatMap((kind) => kind.trail?.shows ?? []);
    expect(shown.filter((name) => !Object.hasOwn(trail.fields, name))).toEqual([]);
  });

  it.each(languages)(
    'has a sentence for every action but changes, which tell what differs: %s',
    async (language) => {
      const all = await Promise.all(features.map(async (feature: Feature) => await feature.sentences?.()));
      const told = all.flatMap((words) => Object.keys(words?.sentences[language].actions ?? {}));
      const named = itemKinds.flatMap((kind): readonly string[] => kind.trail?.actions ?? []);
      const untold = named.filter((action) => !told.includes(action));
      expect(untold.filter((action) => !/\.(?:updated|changed)$/.test(action))).toEqual([]);
      expect(told.filter((action) => !named.includes(action))).toEqual([]);
    },
  );

  it('tells who changed what from which value to which, with links to both', async () => {
    const changed = entry({
      action: 'kpi.updated',
      resource: `kpi/${kpi.id}`,
      details: {
        before: kpiImage({ goal: goal(5) }),
        after: kpiImage({ goal: goal(4) }),
        changed: ['goal'],
      },
      changes: [{ field: 'goal.target', before: 5, after: 4 }],
    });
    openTrail([changed], { user_1: 'Ada Lovelace', [kpi.id]: 'Churn' });
    expect(await told()).toEqual(['Ada Lovelace changed the target of Churn from 5 % to 4 %']);
    const list = await entries();
    expect(list.getByRole('link', { name: 'Churn' }).getAttribute('href')).toBe(
      `/organizations/${organizationId}/kpis/${kpi.id}`,
    );
    expect(list.getByRole('link', { name: 'Ada Lovelace' }).getAttribute('href')).toBe(
      `/organizations/${organizationId}/users/user_1`,
    );
  });

  it('names what an entry only has the id of, and leads nowhere for what is gone', async () => {
    const checkIn = (id: string, kpiId: string) =>
      entry({
        id,
        action: 'check-in.created',
        resource: `checkIn/${timestamp}#chk_${id}`,
        userId: `user_${id}`,
        actorName: 'Bea',
        details: { before: null, after: image({ kpiId, value: 42 }), changed: [] },
      });
    const gone = 'kpi_01M8KT2M5Y3R3V4J1A0S8Q9ZXC';
    openTrail([checkIn('2', kpi.id), checkIn('3', gone)], { [kpi.id]: 'Churn', [gone]: null, user_3: null });
    expect(await told()).toEqual(['Bea checked in 42 for Churn', 'Bea checked in 42 for a deleted KPI']);
    const links = (await entries()).getAllByRole('link').map((link) => link.textContent);
    expect(links).toEqual(['Bea', 'Churn']);
  });

  it('lists several changes by name, and leaves long texts to the details', async () => {
    const before = kpiImage({ description: 'Old', goal: goal(5) });
    const after = kpiImage({ description: 'New', goal: goal(4) });
    const updated = (id: string, ...changes: FeedAuditEntry['changes']) =>
      entry({
        ...{ id, changes, action: 'kpi.updated', resource: `kpi/${kpi.id}` },
        details: { before, after, changed: [] },
      });
    const [name, target, end] = ['description', 'goal.target', 'unit'].map((field) => ({
      field,
      before: 1,
      after: 2,
    }));
    if (name === undefined || target === undefined || end === undefined) throw new Error('three');
    openTrail([
      updated('1', name),
      updated('2', name, target),
      updated('3', name, target, end, { field: 'name', after: 'x' }),
    ]);
    expect(await told()).toEqual([
      'Ada Lovelace changed the description of Churn',
      'Ada Lovelace changed the description and the target of Churn',
      'Ada Lovelace changed the description, the target, and 2 more fields of Churn',
    ]);
  });

  it('says in words what was refused, and what somebody took away', async () => {
    const access = (action: string, what: object) =>
      entry({
        action,
        resource: 'route/listUsers',
        details: { before: null, after: image({ access: what }), changed: [] },
      });
    openTrail([
      access('access.refused', {
        asked: 'delete User',
        route: 'DELETE /api/x',
        code: 'forbidden',
        times: 10,
      }),
      access('audit.exported', { filter: {} }),
      access('session.started', {}),
    ]);
    expect(await told()).toEqual([
      'Ada Lovelace was denied permission to delete users (10 times)',
      'Ada Lovelace exported the audit log',
      'Ada Lovelace signed in',
    ]);
  });

  it('names what isn’t a person by what it is, and support as such', async () => {
    const expired = { action: 'invitation.expired', resource: 'invitation/inv_1' };
    const of = (userId: string, changes: Partial<FeedAuditEntry>) =>
      entry({ userId, actorName: null, ...changes });
    const details = { before: image({ name: 'Ivo' }), after: image({ name: 'Ivo' }), changed: [] };
    openTrail([
      of('system:clerk-webhook', {
        ...{ id: '1', action: 'user.removed', resource: 'user/user_3' },
        details: { ...details, after: null },
      }),
      of('system:invitations', { ...expired, id: '2', details }),
      entry({
        id: '3',
        userId: 'user_9',
        actorName: 'Sofia',
        role: 'super_admin',
        action: 'session.started',
      }),
    ]);
    expect(await told()).toEqual([
      'Clerk removed Ivo from the organization',
      'The invitation to Ivo expired',
      'Sofia (Aligno support) signed in',
    ]);
  });

  it('shows a legacy system’s own action as it is, marked as imported', async () => {
    openTrail([entry({ action: 'LOGIN' })]);
    expect(await told()).toEqual(['Ada Lovelace: LOGIN ']);
    expect((await entries()).getByText(audit.imported)).toBeTruthy();
  });

  it('folds what is one act, and opens it', async () => {
    const of = (action: string, resource: string) =>
      entry({
        ...{ action, resource, requestId: 'r-1' },
        details: {
          before: null,
          after: image({ name: 'Bea', teamId: team.id, userId: 'user_2' }),
          changed: [],
        },
      });
    openTrail(
      [of('team.member-added', `teamMember/${team.id}#member#user_2`), of('user.joined', 'user/user_2')],
      {
        [team.id]: 'Crew',
      },
    );
    expect(await told()).toEqual(['Bea joined as None']);
    await userEvent.click(screen.getByRole('button', { name: audit.moreChanges(1) }));
    expect(await told()).toEqual(['Bea joined as None', 'Ada Lovelace added Bea to Crew']);
  });
});
