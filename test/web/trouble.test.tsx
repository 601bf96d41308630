import { act, screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { loadTexts } from '../../web/text/catalogue.ts';
import {
  heading,
  me,
  organization,
  organizationId,
  refusal,
  renderApp,
  signedIn,
} from './support/render-app.tsx';

const german = await loadTexts('de');

const own = `/organizations/${organizationId}`;
const empty = { status: 200, body: { items: [], nextCursor: null } };
const asAdmin = { 'GET /api/me': me('org_admin'), [`GET /api${own}/teams`]: empty };
const dialog = () => screen.findByRole('dialog', { name: 'New team' });

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** The teams page with the dialog for a new one and its name typed in. */
async function typeATeam(
  reply: ReturnType<typeof refusal> | (() => ReturnType<typeof refusal>),
  identity = signedIn(true),
) {
  const replies = { ...asAdmin, [`POST /api${own}/teams`]: reply };
  const requests = renderApp(`${own}/teams`, replies, { identity });
  await userEvent.click(await screen.findByRole('button', { name: 'New team' }));
  await userEvent.type(within(await dialog()).getByRole('textbox', { name: /^Name/ }), 'Pilots');
  return requests;
}
const create = async () =>
  userEvent.click(within(await dialog()).getByRole('button', { name: 'Create team' }));
const typed = async () => within(await dialog()).getByRole('textbox', { name: /^Name/ });

describe('a form whose session has ended', () => {
  it('asks to sign in again over it, and keeps what was typed', async () => {
    let signedIn = false;
    await typeATeam(() =>
      signedIn
        ? refusal(409, 'conflict', 'Try again.')
        : refusal(401, 'unauthenticated', 'Sign in to continue.'),
    );
    await create();
    const ended = await screen.findByRole('dialog', { name: 'Your session has ended' });
    expect(within(ended).getByText('The way in')).toBeTruthy();
    signedIn = true;
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByText('The way in')).toBeNull());
    expect(await typed()).toHaveProperty('value', 'Pilots');
  });

  it('leaves it once, so that what is refused meanwhile ends no session that is begun then', async () => {
    const left = Promise.withResolvers<void>();
    const signOut = vi.fn<() => Promise<void>>(() => left.promise);
    const ended = refusal(401, 'unauthenticated', 'Sign in to continue.');
    const requests = await typeATeam(ended, { ...signedIn(true), signOut });
    await create();
    await waitFor(() => expect(signOut).toHaveBeenCalledOnce());
    await create();
    await waitFor(() => expect(requests.filter(({ method }) => method === 'POST')).toHaveLength(2));
    left.resolve();
    await screen.findByRole('dialog', { name: 'Your session has ended' });
    expect(signOut).toHaveBeenCalledOnce();
  });
});

describe('a form that was refused', () => {
  it('says what broke on the server, with the number to quote, and can be sent again', async () => {
    const requests = await typeATeam(refusal(500, 'internal', 'Something went wrong on our end. Try again.'));
    await create();
    const alert = await within(await dialog()).findByRole('alert');
    expect(alert.textContent).toContain('Something went wrong on our end');
    expect(alert.textContent).toContain('request-1');
    await create();
    await waitFor(() => expect(requests.filter(({ method }) => method === 'POST')).toHaveLength(2));
    expect(await typed()).toHaveProperty('value', 'Pilots');
  });

  it('says so too when the field it is about is none of the form’s', async () => {
    const odd = [{ path: 'revision', message: 'Enter a number' }];
    await typeATeam(refusal(400, 'validation_failed', 'Some fields are missing or not valid.', odd));
    await create();
    expect((await within(await dialog()).findByRole('alert')).textContent).toContain('missing or not valid');
  });

  it('is sent once, however often one clicks', async () => {
    const { promise, resolve } = Promise.withResolvers<ReturnType<typeof refusal>>();
    const requests = renderApp(`${own}/teams`, { ...asAdmin, [`POST /api${own}/teams`]: () => promise });
    await userEvent.click(await screen.findByRole('button', { name: 'New team' }));
    await userEvent.type(await typed(), 'Pilots');
    await userEvent.dblClick(within(await dialog()).getByRole('button', { name: 'Create team' }));
    await userEvent.type(await typed(), '{Enter}');
    resolve(refusal(409, 'conflict', 'Try again.'));
    await within(await dialog()).findByRole('alert');
    expect(requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
  });
});

describe('a form with something typed', () => {
  it('is not left without being asked, as long as that isn’t sent', async () => {
    const leaves = () => window.dispatchEvent(new Event('beforeunload', { cancelable: true }));
    await typeATeam(refusal(409, 'conflict', 'Try again.'));
    expect(leaves()).toBe(false);
    await userEvent.clear(await typed());
    expect(leaves()).toBe(true);
  });
});

describe('too many requests', () => {
  it('offers a second try once the time is over that the server asked for', async () => {
    const wait = { ...refusal(429, 'rate_limited', 'Too many requests.'), headers: { 'retry-after': '30' } };
    vi.useFakeTimers({ shouldAdvanceTime: true });
    renderApp(`${own}/teams`, { ...asAdmin, [`GET /api${own}/teams`]: wait });
    const retry = await screen.findByRole('button', { name: 'Try again' });
    expect(retry).toHaveProperty('disabled', true);
    expect(screen.getByText(/^Try again in \d+ seconds\.$/)).toBeTruthy();
    for (let second = 0; second < 30; second += 1) act(() => vi.advanceTimersByTime(1000));
    await waitFor(() => expect(retry).toHaveProperty('disabled', false));
  });
});

describe('a server that takes long', () => {
  it('is said to be slow, and can be asked anew', async () => {
    let asked = 0;
    vi.useFakeTimers({ shouldAdvanceTime: true });
    renderApp(`${own}/teams`, {
      ...asAdmin,
      [`GET /api${own}/teams`]: () => {
        asked += 1;
        return asked === 1 ? new Promise(() => undefined) : empty;
      },
    });
    await heading('Teams');
    await waitFor(() => expect(asked).toBe(1));
    act(() => vi.advanceTimersByTime(10_000));
    const waiting = await screen.findByRole('status', { name: 'Loading' });
    expect(waiting.textContent).toContain('Still loading');
    vi.useRealTimers();
    await userEvent.click(within(waiting).getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('No teams yet')).toBeTruthy();
  });
});

describe('a long download', () => {
  it('says how far it is, and saves nothing when it is stopped', async () => {
    const saved = vi.spyOn(URL, 'createObjectURL');
    renderApp('/admin/organizations', {
      'GET /api/me': me('super_admin'),
      'GET /api/admin/organizations': ({ url, signal }) => {
        const { searchParams } = new URL(url);
        const first = { status: 200, body: { items: [organization('Fine')], nextCursor: 'next' } };
        if (searchParams.get('cursor') === null) return first;
        return new Promise((_, reject) =>
          signal.addEventListener('abort', () => reject(new DOMException('Stopped', 'AbortError'))),
        );
      },
    });
    await userEvent.click(await screen.findByRole('button', { name: 'Export all' }));
    expect(await screen.findByText('1 exported')).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Stop' }));
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Stop' })).toBeNull());
    expect(screen.queryByRole('alert')).toBeNull();
    expect(saved).not.toHaveBeenCalled();
  });
});

describe('in German', () => {
  const inGerman = { language: { language: 'de', texts: german } } as const;

  it('a page, its form and what is wrong with a field', async () => {
    renderApp(`${own}/teams`, asAdmin, inGerman);
    expect(await screen.findByText('Noch keine Teams')).toBeTruthy();
    const [open] = screen.getAllByRole('button', { name: 'Neues Team' });
    if (open !== undefined) await userEvent.click(open);
    const form = within(await screen.findByRole('dialog', { name: 'Neues Team' }));
    await userEvent.click(form.getByRole('button', { name: 'Team erstellen' }));
    expect(await form.findByText('Pflichtfeld')).toBeTruthy();
  });

  it('what the server refuses, and who could do it', async () => {
    const said = { reason: 'forbidden', params: { action: 'list', subject: 'Team' } };
    const refused = refusal(403, 'forbidden', 'Your role isn’t allowed to list Team.', [], said);
    renderApp(`${own}/teams`, { ...asAdmin, [`GET /api${own}/teams`]: refused }, inGerman);
    const alert = (await screen.findByRole('alert')).textContent;
    expect(alert).toContain('Ihre Rolle erlaubt das nicht.');
    expect(alert).toContain('Wenden Sie sich an einen Admin Ihrer Organisation.');
  });

  it('a list with its dates and words', async () => {
    renderApp(
      '/admin/organizations',
      {
        'GET /api/me': me('super_admin'),
        'GET /api/admin/organizations': {
          status: 200,
          body: { items: [organization('Fine')], nextCursor: null },
        },
      },
      inGerman,
    );
    const row = (await screen.findByRole('link', { name: 'Fine' })).closest('tr');
    expect(row?.textContent).toContain('Aktiv');
    expect(row?.textContent).toContain('01.01.2026');
  });
});
