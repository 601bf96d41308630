import { screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { newTeamId, UserId } from '../../domain/ids.ts';
import { english } from './support/english.ts';
import { heading, me, organizationId, type Replies, renderApp } from './support/render-app.tsx';
import { option, write } from './support/submits/submit.ts';

const { teams, common } = english;
const at = '2026-01-01T00:00:00.000Z';
const teamId = newTeamId(new Date(at));
const api = `/api/organizations/${organizationId}`;
const page = `/organizations/${organizationId}/teams/${teamId}`;

const user = (id: string, name: string, role = 'team_member', inTeams: object = {}) => ({
  userId: UserId.parse(`user_${id}`),
  email: `${id}@example.com`,
  name,
  role,
  status: 'active',
  organizationId,
  teams: inTeams,
  revision: 7,
  createdAt: at,
  updatedAt: at,
});
const ann = user('ann', 'Ann', 'team_leader', { [teamId]: 'leader' });
const bob = user('bob', 'Bob', 'team_member', { [teamId]: 'member' });
const cy = user('cy', 'Cy');
const di = user('di', 'Di');

const memberOf = ({ userId, name, email }: typeof ann, role: 'leader' | 'member') => ({
  ...{ userId, name, email, role, joinedAt: at },
});
const teamOf = (members: readonly ReturnType<typeof memberOf>[], revision = 1) => {
  const leader = members.find(({ role }) => role === 'leader');
  return {
    id: teamId,
    name: 'Crew',
    organizationId,
    ...(leader === undefined ? {} : { leaderId: leader.userId }),
    memberCount: members.length,
    members,
    createdAt: at,
    updatedAt: at,
    revision,
  };
};
const led = teamOf([memberOf(ann, 'leader'), memberOf(bob, 'member')]);

const ok = (body: unknown) => ({ status: 200, body });
const people = { [`GET ${api}/users`]: ok({ items: [ann, bob, cy, di], nextCursor: null }) };
const bodyOf = async (request: Request | undefined): Promise<unknown> => request?.json();
const changesOf = (requests: readonly Request[]) => requests.filter(({ method }) => method !== 'GET');
const told = (requests: readonly Request[]) =>
  Promise.all(
    changesOf(requests).map(async (request) => [
      `${request.method} ${new URL(request.url).pathname.replace(`${api}/`, '')}`,
      request.headers.get('if-match'),
      request.method === 'DELETE' ? null : await request.clone().json(),
    ]),
  );

describe('naming the lead of a team', () => {
  const replies: Replies = {
    'GET /api/me': me('org_admin'),
    ...people,
    [`GET ${api}/users/${bob.userId}`]: ok(bob),
  };

  it('is two clicks from its page, with a confirmation that says what changes', async () => {
    const requests = renderApp(page, {
      ...replies,
      [`GET ${api}/teams/${teamId}`]: ok(led),
      [`PUT ${api}/teams/${teamId}/members/${bob.userId}`]: ok(
        teamOf([memberOf(bob, 'leader'), memberOf(ann, 'member')], 2),
      ),
    });
    await heading('Crew');
    await userEvent.click(await screen.findByRole('button', { name: teams.makeLeadOf('Bob') }));
    const dialog = await screen.findByRole('dialog', { name: teams.makeLeadTitle('Bob', 'Crew') });
    await within(dialog).findByText(teams.willBePromoted('Bob'));
    expect(within(dialog).getByText(teams.willStay('Ann'))).toBeDefined();
    await userEvent.click(within(dialog).getByRole('button', { name: teams.makeLeader }));
    await screen.findByText(teams.leads('Bob', 'Crew'));
    const [sent] = changesOf(requests);
    expect(sent?.headers.get('if-match')).toBe('"1"');
    expect(await bodyOf(sent)).toEqual({ role: 'leader', promote: true });
  });

  it('is undone as a whole: the former lead leads again, and the role is what it was', async () => {
    const named = teamOf([memberOf(bob, 'leader'), memberOf(ann, 'member')], 2);
    let now = led;
    let person = bob;
    const requests = renderApp(page, {
      ...replies,
      [`GET ${api}/teams/${teamId}`]: () => ok(now),
      [`GET ${api}/users/${bob.userId}`]: () => ok(person),
      [`PUT ${api}/teams/${teamId}/members/${bob.userId}`]: () => {
        now = named;
        return ok(now);
      },
      [`PUT ${api}/teams/${teamId}/members/${ann.userId}`]: () => {
        now = { ...led, revision: 3 };
        person = { ...bob, role: 'team_leader', revision: 9 };
        return ok(now);
      },
      [`PATCH ${api}/users/${bob.userId}`]: ok(bob),
    });
    await userEvent.click(await screen.findByRole('button', { name: teams.makeLeadOf('Bob') }));
    const dialog = await screen.findByRole('dialog', { name: teams.makeLeadTitle('Bob', 'Crew') });
    await within(dialog).findByText(teams.willBePromoted('Bob'));
    await userEvent.click(within(dialog).getByRole('button', { name: teams.makeLeader }));
    await userEvent.click(await screen.findByRole('button', { name: common.undo }));
    await waitFor(() => expect(changesOf(requests)).toHaveLength(3));
    expect((await told(requests)).slice(1)).toEqual([
      [`PUT teams/${teamId}/members/${ann.userId}`, '"2"', { role: 'leader' }],
      [`PATCH users/${bob.userId}`, '"9"', { role: 'team_member' }],
    ]);
  });

  it('leaves a lead whom others have named meanwhile', async () => {
    const named = teamOf([memberOf(bob, 'leader'), memberOf(ann, 'member')], 2);
    let now = led;
    const requests = renderApp(page, {
      ...replies,
      [`GET ${api}/teams/${teamId}`]: () => ok(now),
      [`PUT ${api}/teams/${teamId}/members/${bob.userId}`]: () => {
        now = teamOf([memberOf(cy, 'leader'), memberOf(bob, 'member')], 5);
        return ok(named);
      },
      [`GET ${api}/users/${bob.userId}`]: ok({ ...bob, role: 'team_leader', teams: { [teamId]: 'leader' } }),
    });
    await userEvent.click(await screen.findByRole('button', { name: teams.makeLeadOf('Bob') }));
    const dialog = await screen.findByRole('dialog', { name: teams.makeLeadTitle('Bob', 'Crew') });
    await within(dialog).findByText(teams.willLead('Bob'));
    await userEvent.click(within(dialog).getByRole('button', { name: teams.makeLeader }));
    await userEvent.click(await screen.findByRole('button', { name: common.undo }));
    await screen.findAllByText('Cy');
    expect(changesOf(requests)).toHaveLength(1);
  });

  it('is offered at the head of a team without one, for somebody who isn’t in it too', async () => {
    const requests = renderApp(page, {
      ...replies,
      [`GET ${api}/teams/${teamId}`]: ok(teamOf([memberOf(bob, 'member')])),
      [`PUT ${api}/teams/${teamId}/members/${cy.userId}`]: ok(teamOf([memberOf(cy, 'leader')], 2)),
    });
    await heading('Crew');
    expect(screen.getByText(teams.noLeader)).toBeDefined();
    await userEvent.click(screen.getByRole('button', { name: teams.nameLead }));
    await userEvent.click(await screen.findByRole('combobox', { name: teams.leader }));
    await userEvent.click(await option(/^Cy/));
    await screen.findByText(teams.willJoin('Cy'));
    await userEvent.click(screen.getByRole('button', { name: teams.makeLeader }));
    await screen.findByText(teams.leads('Cy', 'Crew'));
    expect(await bodyOf(changesOf(requests)[0])).toEqual({ role: 'leader', promote: true });
  });

  it('is offered to nobody who may not', async () => {
    renderApp(page, { 'GET /api/me': me('team_member'), [`GET ${api}/teams/${teamId}`]: ok(led) });
    await heading('Crew');
    await screen.findAllByText('Bob');
    expect(screen.queryByRole('button', { name: /lead|add/i })).toBeNull();
    expect(screen.queryByRole('link', { name: 'Ann' })).toBeNull();
  });
});

describe('adding several members', () => {
  const added = teamOf([memberOf(ann, 'leader'), memberOf(bob, 'member'), memberOf(cy, 'member')], 2);
  const results = [
    { userId: cy.userId, status: 'added' },
    {
      userId: di.userId,
      status: 'refused',
      code: 'conflict',
      message: 'Di is in 50 teams already.',
      reason: 'none',
    },
  ];

  const choose = async () => {
    await userEvent.click(await screen.findByRole('button', { name: teams.addMembers }));
    const field = await screen.findByRole('combobox', { name: teams.people });
    await userEvent.click(field);
    expect(screen.queryByRole('option', { name: /Bob/, hidden: true })).toBeNull();
    await userEvent.click(await option(/^Cy/));
    write(field, '');
    await userEvent.click(await option(/^Di/));
    await userEvent.click(screen.getByRole('button', { name: teams.addCount(2) }));
  };

  it('is one act; who can’t be added stays chosen, with the reason', async () => {
    const requests = renderApp(page, {
      'GET /api/me': me('org_admin'),
      ...people,
      [`GET ${api}/teams/${teamId}`]: ok(led),
      [`POST ${api}/teams/${teamId}/members`]: ok({ team: added, results }),
    });
    await heading('Crew');
    await choose();
    const refused = await screen.findByRole('list', { name: teams.notAdded });
    expect(refused.textContent).toBe('Di: Di is in 50 teams already.');
    await screen.findByText(teams.added('Cy'));
    expect(changesOf(requests)).toHaveLength(1);
    expect(await bodyOf(changesOf(requests)[0])).toEqual({ userIds: [cy.userId, di.userId] });
    expect(screen.getByRole('button', { name: teams.addCount(1) })).toBeDefined();
  });

  it('is undone for just those who were added, as far as they are still members', async () => {
    const all = [...added.members, memberOf(di, 'member')];
    let now = teamOf(all, 2);
    const requests = renderApp(page, {
      'GET /api/me': me('org_admin'),
      ...people,
      [`GET ${api}/teams/${teamId}`]: () => ok(now),
      [`POST ${api}/teams/${teamId}/members`]: () => {
        now = teamOf([...added.members, memberOf(di, 'leader')], 4);
        return ok({
          team: teamOf(all, 2),
          results: [cy, di].map(({ userId }) => ({ userId, status: 'added' })),
        });
      },
      [`DELETE ${api}/teams/${teamId}/members/${cy.userId}`]: ok({ ...led, revision: 5 }),
    });
    now = led;
    await choose();
    await userEvent.click(await screen.findByRole('button', { name: common.undo }));
    await waitFor(() => expect(changesOf(requests)).toHaveLength(2));
    expect((await told(requests))[1]).toEqual([`DELETE teams/${teamId}/members/${cy.userId}`, '"4"', null]);
  });

  it('is the next step of a team in which nobody is', async () => {
    renderApp(page, {
      'GET /api/me': me('org_admin'),
      ...people,
      [`GET ${api}/teams/${teamId}`]: ok(teamOf([])),
    });
    await screen.findByText(teams.noMembers);
    await userEvent.click(screen.getByRole('button', { name: teams.addMembers }));
    expect(await screen.findByRole('dialog', { name: teams.addMembersTo('Crew') })).toBeDefined();
  });
});
