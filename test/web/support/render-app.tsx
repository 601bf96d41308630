import { notifications } from '@mantine/notifications';
import { cleanup, configure, render, screen } from '@testing-library/react';
import type { ComponentProps } from 'react';
import { afterEach, vi } from 'vitest';
import { rulesFor } from '../../../domain/access/ability.ts';
import type { Role } from '../../../domain/access/roles.schema.ts';
import { newOrganizationId, UserId } from '../../../domain/ids.ts';
import { App } from '../../../web/app/app.tsx';
import type { Identity } from '../../../web/identity/identity.ts';
import { forgetOwnChanges } from '../../../web/lib/own-changes.ts';
import { sessionOf } from '../../../web/lib/session.tsx';
import { english } from './english.ts';

// A page's code is loaded when it is first opened, which takes time on a busy machine.
configure({ asyncUtilTimeout: 10_000 });

// happy-dom loads no fonts, but a growing text area listens for them.
Object.defineProperty(document, 'fonts', { value: new EventTarget(), configurable: true });

export const organizationId = newOrganizationId(new Date('2026-01-01T00:00:00.000Z'));
const at = '2026-01-01T00:00:00.000Z';

/** A response of the simulated API: a value, or an error. */
type Reply = { readonly status: number; readonly body?: unknown; readonly headers?: Record<string, string> };
export type Replies = Readonly<Record<string, Reply | ((request: Request) => Reply | Promise<Reply>)>>;

/** An error as the API formats it. */
export const refusal = (
  status: number,
  code: string,
  title: string,
  errors: readonly object[] = [],
  /** The reason that selects its text. */
  said: object = {},
): Reply => ({
  status,
  body: {
    type: 'about:blank',
    ...said,
    title,
    status,
    code,
    requestId: 'request-1',
    ...(errors.length > 0 ? { errors } : {}),
  },
});

/** The response of `/api/me` for a member of this role. */
export const me = (role: Role): Reply => {
  const home = role === 'super_admin' ? 'platform' : organizationId;
  const user = {
    userId: UserId.parse('user_1'),
    email: 'ada@example.com',
    name: 'Ada Lovelace',
    role,
    organizationId: home,
    revision: 1,
    createdAt: at,
    updatedAt: at,
  };
  return {
    status: 200,
    body: {
      status: 'active',
      user,
      organization: { id: home, name: role === 'super_admin' ? 'Aligno' : 'Lighthouse', status: 'active' },
      rules: rulesFor({ role, userId: user.userId, organizationId, teams: {} }),
      landingPath: role === 'super_admin' ? '/admin/dashboard' : `/organizations/${organizationId}`,
    },
  };
};

/** One organization of a list. */
export const organization = (name: string, changes: object = {}) => ({
  id: organizationId,
  name,
  contactPerson: { name: 'Cora', email: 'cora@example.com' },
  status: 'active',
  subscription: { plan: 'growth', startDate: '2026-01-01' },
  revision: 1,
  createdAt: at,
  updatedAt: at,
  lastActivityOn: at.slice(0, 10),
  stage: 'people_invited',
  counts: { users: 3, pendingInvitations: 1, teams: 0, kpis: 0 },
  admins: 1,
  health: { level: 'healthy', score: 100, reasons: [] },
  ...changes,
});

export const signedIn = (is: boolean): Identity => ({
  signedIn: async () => is,
  token: async () => (is ? 'token' : null),
  signOut: async () => undefined,
  renderSignIn: () => <p>The way in</p>,
  confirm: async () => false,
  renderAccount: () => <p>The account</p>,
  wrap: (app) => app,
});

afterEach(() => {
  notifications.clean();
  forgetOwnChanges();
  cleanup();
  vi.unstubAllGlobals();
});

/** Default responses that pages need in addition to a test's own: a platform without computed figures. */
const defaultReplies: Replies = {
  'GET /api/admin/analytics/overview': {
    status: 200,
    body: {
      date: null,
      computedAt: null,
      comparedTo: '2026-01-01',
      figures: [],
      plans: [],
      funnel: [],
      attention: { items: [], total: 0 },
    },
  },
  [`GET /api/organizations/${organizationId}/support-access`]: {
    status: 200,
    body: { items: [], nextCursor: null, stage: 'open' },
  },
  [`GET /api/organizations/${organizationId}/support-access/current`]: {
    status: 200,
    body: { stage: 'open', supportAccess: null, rules: [] },
  },
  [`GET /api/organizations/${organizationId}/usage`]: { status: 200, body: { items: [] } },
};

interface Options {
  readonly signed?: boolean;
  readonly language?: ComponentProps<typeof App>['language'];
  readonly identity?: Identity;
}

const inEnglish = { language: 'en', texts: english } as const;

/**
 * Renders the whole app at a URL, with a simulated API: replies by `METHOD /path`. Requests without a reply
 * fail loudly.
 * @returns the requests that it made
 */
export function renderApp(
  path: string,
  replies: Replies,
  { signed = true, language = inEnglish, identity = signedIn(signed) }: Options = {},
): Request[] {
  const requests: Request[] = [];
  vi.stubGlobal('fetch', async (input: string, init?: RequestInit) => {
    const request = new Request(new URL(input, 'http://localhost'), init);
    requests.push(request);
    const key = `${request.method} ${new URL(request.url).pathname}`;
    const reply = replies[key] ?? defaultReplies[key];
    if (reply === undefined) throw new Error(`the test has no reply to ${key}`);
    const { status, body, headers } = typeof reply === 'function' ? await reply(request) : reply;
    return new Response(body === undefined ? null : JSON.stringify(body), {
      status,
      ...(headers ? { headers } : {}),
    });
  });
  vi.stubGlobal('scrollTo', () => undefined);
  window.history.replaceState(null, '', path);
  render(<App session={sessionOf(identity)} language={language} />);
  return requests;
}

export const heading = (name: string | RegExp) => screen.findByRole('heading', { name, level: 1 });
