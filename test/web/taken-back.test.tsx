import { screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { english } from './support/english.ts';
import { heading, me, type Replies, refusal, renderApp } from './support/render-app.tsx';
import { colleague, everything, own, team } from './support/small-organization.ts';

const { common, errors, people, teams } = english;
const member = `/api${own}/teams/${team.id}/members/${colleague.userId}`;
const stale = refusal(412, 'stale', 'It was changed.');

const open = (path: string, replies: Replies) =>
  renderApp(path, { ...everything, 'GET /api/me': me('org_admin'), ...replies });

/** Chooses from the menu of Bea's row, which removes the row from the page. */
async function chooseForBea(item: string) {
  const button = await screen.findByRole('button', { name: 'Actions for Bea' });
  await userEvent.click(button);
  await userEvent.click(await screen.findByRole('menuitem', { name: item, hidden: true }));
  await waitFor(() => expect(button.isConnected).toBe(false));
}
const undo = async () => userEvent.click(await screen.findByRole('button', { name: common.undo }));

/** The team from which Bea is removed. */
async function takeBeaOut({ mayComeBack }: { readonly mayComeBack: boolean }) {
  let stored = team;
  const requests = open(`${own}/teams/${team.id}`, {
    [`GET /api${own}/teams/${team.id}`]: () => ({ status: 200, body: stored }),
    [`DELETE ${member}`]: () => {
      stored = { ...team, members: [], memberCount: 0, revision: 2 };
      return { status: 200, body: stored };
    },
    [`PUT ${member}`]: () => {
      if (!mayComeBack) return stale;
      stored = { ...team, revision: 3 };
      return { status: 200, body: stored };
    },
  });
  await heading('Crew');
  await chooseForBea(teams.takeOut);
  expect(await screen.findByText(teams.takenOut('Bea'))).toBeTruthy();
  return requests;
}

describe('somebody who was taken out of a team', () => {
  it('is said to be out, and put back by Undo', async () => {
    const requests = await takeBeaOut({ mayComeBack: true });
    await undo();
    expect(await screen.findByRole('button', { name: 'Actions for Bea' })).toBeTruthy();
    const put = requests.find(({ method }) => method === 'PUT');
    expect(put?.headers.get('if-match')).toBe('"2"');
    expect(await put?.json()).toEqual({ role: 'member' });
  });

  it('is said to be out still when Undo is refused', async () => {
    await takeBeaOut({ mayComeBack: false });
    await undo();
    expect(await screen.findByText(errors.titles.stale)).toBeTruthy();
  });
});

describe('somebody who was deactivated in a list of who is active', () => {
  it('is said to be deactivated still when Undo is refused', async () => {
    let changes = 0;
    open(`${own}/users?status=active`, {
      [`GET /api${own}/users`]: () => ({
        status: 200,
        body: { items: changes === 0 ? [colleague] : [], nextCursor: null },
      }),
      [`PATCH /api${own}/users/${colleague.userId}`]: () => {
        changes += 1;
        return changes > 1
          ? stale
          : { status: 200, body: { ...colleague, status: 'deactivated', revision: 2 } };
      },
    });
    await chooseForBea(people.deactivate);
    await undo();
    expect(await screen.findByText(errors.titles.stale)).toBeTruthy();
  });
});

describe('the focus of who made somebody leave a list', () => {
  it('is on the page’s heading, also when it was back at the button already', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    let isActive = true;
    open(`${own}/users?status=active`, {
      [`GET /api${own}/users`]: () => ({
        status: 200,
        body: { items: isActive ? [colleague] : [], nextCursor: null },
      }),
      [`PATCH /api${own}/users/${colleague.userId}`]: async () => {
        await promise;
        isActive = false;
        return { status: 200, body: { ...colleague, status: 'deactivated', revision: 2 } };
      },
    });
    const button = await screen.findByRole('button', { name: 'Actions for Bea' });
    const leaving = chooseForBea(people.deactivate);
    await waitFor(() => expect(document.activeElement).toBe(button));
    resolve();
    await leaving;
    expect(document.activeElement).toBe(await heading('Users'));
  });

  it('is there also when the button was busy', async () => {
    await takeBeaOut({ mayComeBack: false });
    expect(document.activeElement).toBe(await heading('Crew'));
  });
});
