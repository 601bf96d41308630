import { screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { rulesFor } from '../../domain/access/ability.ts';
import { fieldError } from '../../domain/field-errors.ts';
import { newTeamId } from '../../domain/ids.ts';
import { loadTexts } from '../../web/text/catalogue.ts';
import { english } from './support/english.ts';
import { me, organizationId, type Replies, refusal, renderApp } from './support/render-app.tsx';
import { everything, invitation, team } from './support/small-organization.ts';

const german = await loadTexts('de');

const { inviting, invitePeople } = english.people;
const own = `/organizations/${organizationId}/invitations`;
const path = `${own}?dialog=invite`;

interface Sent {
  readonly invitations: readonly { readonly email: string }[];
}
const lines = async (request: Request): Promise<Sent> => await request.clone().json();
const isDryRun = ({ url }: Request) => new URL(url).searchParams.get('dryRun') === 'true';

/** A server that would invite every user except those refused here. */
const server = (refused: Readonly<Record<string, object>> = {}, seatsLeft = 9): Replies => ({
  ...everything,
  'GET /api/me': me('org_admin'),
  [`POST /api${own}/bulk`]: async (request) => {
    const { invitations } = await lines(request);
    const results = invitations.map(({ email }, index) => ({
      ...{ index, email, status: 'invited' },
      ...refused[email],
    }));
    return { status: 200, body: { applied: !isDryRun(request), seatsLeft, results } };
  },
});
const sentBy = (requests: readonly Request[]) =>
  requests.filter((request) => request.url.includes('/bulk') && !isDryRun(request));

const member = { status: 'refused', code: 'already_exists', message: 'x', reason: 'user_is_a_member' };

const fill = async (text: string) => {
  await userEvent.click(await screen.findByRole('textbox', { name: inviting.label }));
  await userEvent.paste(text);
};

describe('inviting people', () => {
  it('is three clicks for five people: who they are is shown first, and what came of each', async () => {
    const requests = renderApp(own, server());
    const [open] = await screen.findAllByRole('button', { name: invitePeople });
    if (open === undefined) throw new Error('there is no such button');
    await userEvent.click(open);
    await fill(['a', 'b', 'c', 'd', 'e'].map((one) => `${one}@example.com`).join('\n'));
    const preview = await screen.findByRole('table', { name: inviting.preview });
    await waitFor(() => expect(within(preview).getAllByText(inviting.ready)).toHaveLength(5));
    expect(screen.getByText(inviting.seatsLeft(9))).toBeDefined();
    await userEvent.click(screen.getByRole('button', { name: inviting.send(5) }));
    const results = await screen.findByRole('table', { name: inviting.results });
    expect(within(results).getAllByText(inviting.sent)).toHaveLength(5);
    expect(sentBy(requests)).toHaveLength(1);
    await userEvent.click(screen.getByRole('button', { name: inviting.done }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });

  it('gives each a role and a team: those of all, or their own', async () => {
    const requests = renderApp(path, server());
    await fill('Ada Example <ada@example.com>; ben@example.com; cy@example.com');
    await userEvent.selectOptions(await screen.findByLabelText('Role'), 'team_leader');
    await userEvent.selectOptions(screen.getByLabelText('Team'), team.id);
    await userEvent.selectOptions(screen.getByLabelText(inviting.roleOf('ben@example.com')), 'org_admin');
    await userEvent.selectOptions(screen.getByLabelText(inviting.teamOf('ben@example.com')), '');
    const name = screen.getByRole('textbox', { name: inviting.nameOf('ben@example.com') });
    await userEvent.clear(name);
    await userEvent.type(name, 'Ben Hur');
    await userEvent.click(screen.getByRole('button', { name: inviting.skip('cy@example.com') }));
    await userEvent.click(screen.getByRole('button', { name: inviting.send(2) }));
    await screen.findByRole('table', { name: inviting.results });
    const [sent] = sentBy(requests);
    expect(await sent?.json()).toEqual({
      invitations: [
        { name: 'Ada Example', email: 'ada@example.com', role: 'team_leader', teamId: team.id },
        { name: 'Ben Hur', email: 'ben@example.com', role: 'org_admin' },
      ],
    });
  });

  it('says who is here already before anything is sent, and leaves them out', async () => {
    const requests = renderApp(path, server({ 'bea@example.com': member }));
    await fill('bea@example.com, flo@example.com\nEveryone\nflo@example.com\nflo@localhost');
    const preview = await screen.findByRole('table', { name: inviting.preview });
    await within(preview).findByText('x');
    const left = screen.getByRole('list', { name: inviting.leftOut(3) });
    for (const text of ['Everyone', 'flo@localhost', ...Object.values(inviting.reasons).slice(0, 3)])
      expect(within(left).getByText(text)).toBeDefined();
    await userEvent.click(screen.getByRole('button', { name: inviting.send(1) }));
    await screen.findByRole('table', { name: inviting.results });
    const [sent] = sentBy(requests);
    if (sent === undefined) throw new Error('nothing was sent');
    expect((await lines(sent)).invitations.map(({ email }) => email)).toEqual(['flo@example.com']);
  });

  it('makes one person the lead of their team at once', async () => {
    const requests = renderApp(path, server());
    await fill('ada@example.com');
    await userEvent.selectOptions(await screen.findByLabelText('Role'), 'team_leader');
    await userEvent.selectOptions(screen.getByLabelText('Team'), team.id);
    await userEvent.click(screen.getByRole('checkbox', { name: english.people.asLeader }));
    await userEvent.click(screen.getByRole('button', { name: inviting.send(1) }));
    await screen.findByRole('table', { name: inviting.results });
    const body = await sentBy(requests)[0]?.json();
    expect(body).toMatchObject({ invitations: [{ teamId: team.id, teamRole: 'leader' }] });
  });

  it('goes on where the preview can’t be had, and says why what is sent was refused', async () => {
    const broken = refusal(429, 'rate_limited', 'Wait.');
    renderApp(path, { ...server(), [`POST /api${own}/bulk`]: broken });
    await fill('ada@example.com');
    await userEvent.click(await screen.findByRole('button', { name: inviting.send(1) }));
    expect(await screen.findByRole('alert')).toBeDefined();
  });

  it('says of each line in the reader’s language which part isn’t right', async () => {
    const fields = [fieldError('email', 'not_an_email_address'), fieldError('name', 'empty')];
    const refused = { status: 'refused', code: 'validation_failed', message: 'x', fields };
    renderApp(path, server({ 'flo@example.com': refused }), {
      language: { language: 'de', texts: german },
    });
    await userEvent.type(await screen.findByLabelText(german.people.inviting.label), 'flo@example.com');
    expect(
      await screen.findByText('E-Mail: Geben Sie eine gültige E-Mail-Adresse ein; Name: Pflichtfeld'),
    ).toBeDefined();
  });

  it('offers a lead their own team and no other role', async () => {
    const { body } = me('team_leader');
    const foreign = { ...team, id: newTeamId(new Date()), name: 'Others' };
    const user = { ...Object(body).user, teams: { [team.id]: 'leader' } };
    renderApp(path, {
      ...server(),
      'GET /api/me': { status: 200, body: { ...Object(body), user, rules: rulesFor(user) } },
      [`GET /api/organizations/${organizationId}/teams`]: {
        status: 200,
        body: { items: [team, foreign], nextCursor: null },
      },
    });
    await screen.findByRole('option', { name: 'Crew' });
    const options = (label: string) =>
      within(screen.getByLabelText(label))
        .getAllByRole('option')
        .map(({ textContent }) => textContent);
    expect(options('Role')).toEqual(['Team member']);
    expect(options('Team')).toEqual(['Crew']);
  });
});

describe('several invitations', () => {
  it('are revoked together, once that is confirmed', async () => {
    const requests = renderApp(own, {
      ...server(),
      [`DELETE /api${own}/inv_1`]: { status: 200, body: {} },
    });
    await userEvent.click((await screen.findAllByRole('checkbox'))[1] ?? document.body);
    const bar = await screen.findByRole('group', { name: english.table.bulkActions });
    await userEvent.click(within(bar).getByRole('button', { name: english.people.takeBack }));
    const dialog = await screen.findByRole('dialog', { name: english.people.takeBackAllTitle(1) });
    await userEvent.click(within(dialog).getByRole('button', { name: english.people.takeBackAll(1) }));
    await waitFor(() => expect(requests.filter(({ method }) => method === 'DELETE')).toHaveLength(1));
  });
});

describe('the list of invitations', () => {
  it('shows those of one status, and reads on while there are none among the next', async () => {
    const requests = renderApp(`${own}?status=pending`, {
      ...everything,
      'GET /api/me': me('org_admin'),
      [`GET /api${own}`]: ({ url }) => {
        const isFirst = !new URL(url).searchParams.has('cursor');
        const body = isFirst ? { items: [], nextCursor: 'on' } : { items: [invitation], nextCursor: null };
        return { status: 200, body };
      },
    });
    expect(await screen.findByRole('row', { name: /Ivo/ })).toBeDefined();
    const { table, people } = english;
    const chip = table.removeFilter(table.chip(people.status, people.states.pending));
    expect(screen.getByRole('button', { name: chip })).toBeDefined();
    const asked = requests.map(({ url }) => new URL(url)).filter(({ pathname }) => pathname === `/api${own}`);
    expect(asked.map(({ searchParams }) => searchParams.get('status'))).toEqual(['pending', 'pending']);
  });
});
