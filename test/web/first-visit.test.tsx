import { cleanup, render, screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { FirstVisit } from '../../web/app/first-visit.tsx';
import { standIn } from '../../web/identity/stand-in.tsx';
import { loadSignInTexts } from '../../web/text/sign-in-texts.ts';

const ada = { userId: 'user_1', name: 'Ada Lovelace', email: 'ada@example.com', description: 'Admin, Acme' };

/** The stand-in with one user to sign in as. */
function pretendStandIn() {
  vi.stubGlobal('fetch', async () => Response.json({ people: [ada], session: null }));
  return standIn('/clerk');
}

describe('the sign-in page before the app is loaded', () => {
  afterEach(() => {
    cleanup();
    vi.unstubAllGlobals();
  });

  it.each([
    ['en', 'Sign in'],
    ['de', 'Anmelden'],
  ] as const)('says in %s all that it shows, and lets one in', async (language, title) => {
    const onSignedIn = vi.fn<() => void>();
    const texts = await loadSignInTexts(language);
    render(<FirstVisit identity={pretendStandIn()} language={{ language, texts }} onSignedIn={onSignedIn} />);
    expect(screen.getByRole('heading', { level: 1, name: title })).toBeTruthy();
    await userEvent.click(await screen.findByRole('button', { name: /Ada Lovelace/ }));
    await waitFor(() => expect(onSignedIn).toHaveBeenCalledOnce());
    expect(document.body.textContent).not.toContain('undefined');
  });
});
