import { act, screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { me, type Replies, refusal, renderApp } from './support/render-app.tsx';
import { everything } from './support/small-organization.ts';
import { ofOrganizations, ofPeople, ofThePlatform } from './support/submits/of-organizations.ts';
import { ofKpis, ofTeams } from './support/submits/of-work.ts';
import type { Submit } from './support/submits/submit.ts';

const submits = [...ofTeams, ...ofKpis, ...ofPeople, ...ofOrganizations, ...ofThePlatform];
type Reply = Replies[string];

const busy = refusal(409, 'conflict', 'This is busy.');
const isSaid = (words: RegExp) => waitFor(() => expect(screen.queryAllByText(words)).not.toEqual([]));
const lost = () => {
  throw new TypeError('fetch failed');
};

const replied = (reply: Reply | undefined, request: Request) => {
  if (reply === undefined) throw new Error(`${request.url} was asked too early`);
  return typeof reply === 'function' ? reply(request) : reply;
};

/** Opens the page of a form, and performs the preceding steps; from then on its request has this reply. */
async function prepare({ role, path, sends, prepare: doBefore, before = {} }: Submit, reply: Reply) {
  const world: Replies = { ...everything, ...before, 'GET /api/me': me(role) };
  let now = world[sends];
  const requests = renderApp(path, { ...world, [sends]: (request) => replied(now, request) });
  const sent = () => requests.filter(({ method, url }) => `${method} ${new URL(url).pathname}` === sends);
  const target = await doBefore();
  const already = sent().length;
  now = reply;
  return { target, sentSince: () => sent().slice(already) };
}

/** A double click before React re-renders: only the request itself can tell that it is pending. */
const doubleClick = (target: HTMLElement) =>
  act(() => {
    target.click();
    target.click();
  });

const keysOf = (requests: readonly Request[]) =>
  requests.map(({ headers }) => headers.get('idempotency-key'));
const isRepeatable = ({ sends }: Submit) => sends.startsWith('POST ');

describe.each(submits.filter((submit) => !isRepeatable(submit)))('a double click on $name', (submit) => {
  it('sends one request', async () => {
    const { target, sentSince } = await prepare(submit, busy);
    doubleClick(target);
    await isSaid(/This is busy/);
    expect(sentSince()).toHaveLength(1);
  });
});

describe.each(submits.filter(isRepeatable))('a double click on $name', (submit) => {
  it('sends one request, known as the same when it is sent again because no answer came', async () => {
    let reply: () => typeof busy = lost;
    const { target, sentSince } = await prepare(submit, () => reply());
    doubleClick(target);
    await isSaid(/Can’t reach the server/);
    expect(sentSince()).toHaveLength(1);
    reply = () => busy;
    doubleClick(target);
    await isSaid(/This is busy/);
    const [first, second, ...more] = keysOf(sentSince());
    expect(first).toMatch(/^[\x21-\x7e]{1,64}$/);
    expect(second).toBe(first);
    expect(more).toEqual([]);
  });
});

describe('a form that is sent again', () => {
  const [newTeam] = ofTeams;

  it('is something new once it says something else, and what it was when it says that again', async () => {
    if (newTeam === undefined) throw new Error('there is no such submit');
    const { target, sentSince } = await prepare(newTeam, lost);
    const name = screen.getByRole('textbox', { name: /^Name/ });
    const send = async (times: number) => {
      await userEvent.click(target);
      await waitFor(() => expect(sentSince()).toHaveLength(times));
      await isSaid(/Can’t reach the server/);
    };
    await send(1);
    await userEvent.type(name, '!');
    await send(2);
    await userEvent.type(name, '{Backspace}');
    await send(3);
    const [first, second, third] = keysOf(sentSince());
    expect(second).not.toBe(first);
    expect(third).toBe(first);
  });
});
