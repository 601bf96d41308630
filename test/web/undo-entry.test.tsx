import { screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import type { Undo } from '../../domain/undo/undo.schema.ts';
import { english } from './support/english.ts';
import { me, refusal, renderApp } from './support/render-app.tsx';
import { colleague, everything, team } from './support/small-organization.ts';
import { entry, image, openTrail, own, timestamp, told } from './support/trail.tsx';

const { audit } = english;
const { undo: words } = audit;

const changed = entry({
  id: 'changed',
  action: 'kpi.updated',
  resource: 'kpi/kpi_1',
  details: {
    before: image({ name: 'Churn', unit: '%', goal: { target: 5 } }),
    after: image({ name: 'Churn rate', unit: '%', goal: { target: 4 } }),
    changed: ['name', 'goal'],
  },
  changes: [
    { field: 'name', before: 'Churn', after: 'Churn rate' },
    { field: 'goal.target', before: 5, after: 4 },
  ],
});

const preview = (changes: Partial<Undo> = {}): Undo => ({
  entryId: changed.id,
  timestamp,
  action: changed.action,
  resource: changed.resource,
  kind: 'puts_back',
  applied: false,
  until: '2026-02-01T03:04:05.000Z',
  revision: 7,
  fields: [
    { field: 'name', before: 'Churn', after: 'Churn rate', now: 'Churn rate', outcome: 'put_back' },
    { field: 'target', before: 5, after: 4, now: 3, outcome: 'changed_since' },
  ],
  effects: [],
  refusal: null,
  undone: null,
  names: {},
  ...changes,
});

/** Opens the details of an entry with this undo preview. */
async function open(
  found: Undo | ReturnType<typeof refusal>,
  role: 'org_admin' | 'super_admin' = 'org_admin',
) {
  const asked: { body: unknown; key: string | null }[] = [];
  let isUndone = false;
  const address = `${own}/${encodeURIComponent(`${timestamp}~${changed.id}`)}/undo`;
  const reply = typeof found === 'object' && 'entryId' in found ? { status: 200, body: found } : found;
  const undone = preview({
    refusal: { code: 'conflict', reason: 'undo_done', message: 'Done', params: { name: 'Ada' } },
    undone: { by: 'user_1', name: 'Ada Lovelace', at: '2026-01-03T00:00:00.000Z' },
  });
  renderApp(`${own}?entry=${encodeURIComponent(`${timestamp}~${changed.id}`)}`, {
    ...everything,
    'GET /api/me': me(role),
    [`GET /api${own}`]: { status: 200, body: { items: [changed], nextCursor: null } },
    [`GET /api${address}`]: () => (isUndone ? { status: 200, body: undone } : reply),
    [`POST /api${address}`]: async (request: Request) => {
      asked.push({ body: await request.json(), key: request.headers.get('idempotency-key') });
      isUndone = true;
      return { status: 200, body: { ...preview(), applied: true } };
    },
  });
  return { asked, drawer: within(await screen.findByRole('dialog', { name: audit.details })) };
}

describe('an entry of the audit log', () => {
  it('is undone after a preview of each field: what goes back, and what was changed since and stays', async () => {
    const { asked, drawer } = await open(preview());
    await userEvent.click(await drawer.findByRole('button', { name: words.undo }));
    const dialog = within(await screen.findByRole('dialog', { name: words.titles.puts_back }));
    const rows = dialog.getAllByRole('row').slice(1);
    expect(rows.map((row) => row.textContent)).toEqual([
      'NameChurn rateChurn',
      `Target3 %${words.outcomes.changed_since}`,
    ]);
    expect(dialog.getByText(words.until('Feb 1, 2026'))).toBeTruthy();
    await userEvent.click(dialog.getByRole('button', { name: words.confirm.puts_back }));
    expect(await screen.findByText(words.done.puts_back)).toBeTruthy();
    expect(asked).toEqual([{ body: { revision: 7 }, key: expect.any(String) }]);
    expect(await screen.findByText(words.undoneBy('Ada Lovelace', 'Jan 3, 2026'))).toBeTruthy();
  });

  it('says what comes back with what is restored, and who doesn’t', async () => {
    const effects: Undo['effects'] = [
      { kind: 'members_return', count: 2 },
      { kind: 'member_left_out', name: 'Bo' },
    ];
    const { drawer } = await open(preview({ kind: 'brings_back', revision: null, fields: [], effects }));
    await userEvent.click(await drawer.findByRole('button', { name: words.restore }));
    const dialog = within(await screen.findByRole('dialog', { name: words.titles.brings_back }));
    expect(dialog.getAllByRole('listitem').map((item) => item.textContent)).toEqual([
      '2 people rejoin the team.',
      words.effects.member_left_out({ name: 'Bo' }),
    ]);
    expect(dialog.getByRole('button', { name: words.confirm.brings_back })).toBeTruthy();
  });

  it('says why it can’t be undone, and offers nothing to whoever is refused', async () => {
    const refused = { code: 'conflict', reason: 'undo_overtaken', message: 'All changed.', params: {} };
    const { drawer } = await open(preview({ refusal: refused }));
    expect(await drawer.findByText('All changed.')).toBeTruthy();
    expect(drawer.queryByRole('button', { name: words.undo })).toBeNull();
  });

  it('has no word of undo where it changed nothing, or the server says no', async () => {
    for (const found of [
      preview({
        kind: null,
        refusal: { code: 'conflict', reason: 'undo_of_event', message: 'No', params: {} },
      }),
      refusal(403, 'forbidden', 'You may not.'),
    ]) {
      const { drawer } = await open(found);
      await waitFor(() => expect(drawer.queryByRole('button', { name: words.undo })).toBeNull());
      expect(drawer.queryByText('No')).toBeNull();
      document.body.innerHTML = '';
    }
  });

  it('tells of an undo in a sentence, and leads to what was undone', async () => {
    const undoes = { id: 'changed', timestamp };
    openTrail(
      [
        entry({
          id: 'undo',
          undoes,
          ...{ action: 'team.updated', resource: `team/${team.id}` },
          details: {
            before: image({ name: 'Crew', description: 'New' }),
            after: image({ name: 'Crew' }),
            changed: ['description'],
          },
          changes: [{ field: 'description', before: 'New' }],
        }),
        entry({
          id: 'restored',
          undoes,
          ...{ action: 'team.restored', resource: `team/${team.id}` },
          details: { before: null, after: image({ name: 'Crew' }), changed: ['name'] },
        }),
        entry({
          id: 'added',
          undoes,
          ...{ action: 'team.member-added', resource: `teamMember/${team.id}#member#user_2` },
          details: {
            before: null,
            after: image({ teamId: team.id, userId: colleague.userId, name: 'Bea', role: 'member' }),
            changed: ['userId'],
          },
        }),
        changed,
      ],
      { [team.id]: 'Crew' },
    );
    expect(await told()).toEqual([
      'Ada Lovelace undid a change to Crew: Description',
      'Ada Lovelace restored the team Crew',
      'Ada Lovelace undid the removal of Bea from Crew',
      'Ada Lovelace changed the name and the target of Churn rate',
    ]);
    await userEvent.click(screen.getAllByRole('button', { name: audit.details })[0] ?? document.body);
    const drawer = within(await screen.findByRole('dialog', { name: audit.details }));
    await userEvent.click(drawer.getByRole('button', { name: words.open }));
    await waitFor(() =>
      expect(new URLSearchParams(window.location.search).get('entry')).toBe(`${timestamp}~changed`),
    );
  });
});
