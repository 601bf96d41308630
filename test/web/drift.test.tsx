import { screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { me, organizationId, refusal, renderApp } from './support/render-app.tsx';

const requestedAt = new Date().toISOString();
const run = (startedAt: string, change: object = {}) => ({
  ...{ startedAt, dryRun: false, status: 'done', attempts: 1, waits: 0, entries: [] },
  compared: { people: 4, members: 3, letters: 1 },
  counts: { found: 0, repaired: 0, moved: 0, needs_person: 0 },
  ...change,
});
const early = '2026-01-01T00:00:00.000Z';
const entry = (change: object) => ({ organizationId, clerkTime: 1, revision: 1, at: early, ...change });

/** The page with this list of runs. */
const open = (items: () => object[], reply: object = { status: 202, body: { dryRun: true, requestedAt } }) =>
  renderApp('/admin/clerk', {
    'GET /api/me': me('super_admin'),
    'GET /api/admin/drift/runs': () => ({
      status: 200,
      body: { items: items(), organizations: { [organizationId]: 'Lighthouse' } },
    }),
    'POST /api/admin/drift/runs': { status: 202, ...reply },
  });

describe('the report of a comparison with Clerk', () => {
  it('says what differed and what became of it, what needs a person first', async () => {
    open(() => [
      run(early, {
        counts: { found: 0, repaired: 2, moved: 0, needs_person: 131 },
        entries: [
          entry({ kind: 'account', of: 'user_gone', outcome: 'repaired' }),
          entry({
            ...{ kind: 'details', of: 'user_moved', outcome: 'needs_person' },
            ...{ details: ['name', 'email'], reason: 'address_taken' },
          }),
          entry({ kind: 'letter', of: 'inv_open', outcome: 'repaired' }),
        ],
      }),
    ]);
    const table = await screen.findByRole('table', { name: 'Difference' });
    const rows = within(table)
      .getAllByRole('row')
      .slice(1)
      .map((row) => row.textContent);
    expect(rows).toEqual([
      'Different name and emailSomeone else in the organization has the new email. Change one of the two.MemberLighthouseNeeds attention',
      'Account deleted in ClerkMemberLighthouseRepaired',
      'Link to a closed invitation still worksInvitationLighthouseRepaired',
    ]);
    const [moved] = within(table).getAllByRole('link', { name: 'Member' });
    expect(moved?.getAttribute('href')).toBe(`/organizations/${organizationId}/users/user_moved`);
    // Clerk's id isn't shown, but can be copied.
    expect(within(table).getByRole('button', { name: 'Copy ID inv_open' })).toBeTruthy();
    expect(screen.getByText('130 more differences aren’t listed.')).toBeTruthy();
  });

  it('says that all is equal, and of a run that isn’t over that it goes on', async () => {
    open(() => [run(early, { status: 'waiting' }), run('2025-12-31T00:00:00.000Z')]);
    expect(await screen.findByText('No differences so far')).toBeTruthy();
    await userEvent.click(screen.getByRole('combobox', { name: 'Comparison' }));
    await userEvent.click((await screen.findAllByRole('option', { hidden: true })).at(1) ?? document.body);
    expect(await screen.findByText('No differences')).toBeTruthy();
  });
});

describe('comparing with Clerk now', () => {
  it('can be tried without changing anything, and is followed until it is over', async () => {
    let items = [run(early)];
    const requests = open(() => items);
    await userEvent.click(await screen.findByRole('button', { name: 'Preview' }));
    expect(await screen.findByText('Comparing with Clerk. Nothing will be changed.')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Compare now' })).toHaveProperty('disabled', true);
    const posts = requests.filter(({ method }) => method === 'POST');
    expect(await Promise.all(posts.map((request) => request.json()))).toEqual([{ dryRun: true }]);
    items = [run(new Date(Date.now() + 60_000).toISOString(), { status: 'waiting', dryRun: true })];
    expect(await screen.findByText(/continues automatically every hour/, {}, { timeout: 8000 })).toBeTruthy();
  });

  it('is refused while one is under way, in words', async () => {
    open(() => [], refusal(409, 'conflict', 'A comparison with Clerk is under way.'));
    await userEvent.click(await screen.findByRole('button', { name: 'Compare now' }));
    expect(await screen.findByText(/is under way/)).toBeTruthy();
  });
});
