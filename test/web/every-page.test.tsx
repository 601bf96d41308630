import { screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { Role } from '../../domain/access/roles.schema.ts';
import { appRouter } from '../../web/app/app.tsx';
import type { Identity } from '../../web/identity/identity.ts';
import { StandInSignIn } from '../../web/identity/stand-in.tsx';
import { sessionOf } from '../../web/lib/session.tsx';
import { english } from './support/english.ts';
import { everyPage, pageReplies, webhook } from './support/every-page.ts';
import { heading, me, refusal, renderApp } from './support/render-app.tsx';
import { colleague, kpi, own, team } from './support/small-organization.ts';
import { ofOrganizations, ofPeople, ofThePlatform } from './support/submits/of-organizations.ts';
import { ofKpis, ofTeams } from './support/submits/of-work.ts';
import { invalidHtml } from './support/valid-html.ts';

const { common, errors } = english;
/** A visitor without a session, and the users to sign in as. */
const identity: Identity = {
  signedIn: async () => false,
  token: async () => null,
  signOut: async () => undefined,
  renderSignIn: () => (
    <StandInSignIn
      readPeople={async () => [
        { userId: 'user_1', name: 'Ada', email: 'ada@example.com', description: 'Admin of Lighthouse' },
      ]}
      signIn={async () => undefined}
    />
  ),
  confirm: async () => false,
  renderAccount: () => null,
  wrap: (app) => app,
};

const tries = everyPage.flatMap(({ path, roles }) =>
  Role.options.map((role) => ({ path, role, isForThem: roles.includes(role) })),
);

/** A page with all its data. */
async function open(path: string, role: Role) {
  renderApp(path, { ...pageReplies, 'GET /api/me': me(role) });
  const main = within(await screen.findByRole('main'));
  await main.findByRole('heading', { level: 1 });
  await waitFor(() => expect(screen.queryByRole('status', { name: common.loading })).toBeNull());
}

describe('a page', () => {
  it('of every address is in the table of pages', () => {
    const known = new Set(everyPage.map(({ path }) => path.split('?')[0]));
    const router = appRouter(sessionOf(identity));
    const addresses = Object.keys(router.routesByPath)
      .filter((address) => /^\/(?:admin|organizations)\/.+/.test(address))
      .map((address) =>
        address
          .replace('/organizations/$organizationId', own)
          .replace('/departures/$organizationId', own.replace('organizations', 'departures'))
          .replace('$teamId', team.id)
          .replace('$kpiId', kpi.id)
          .replace('$userId', colleague.userId)
          .replace('$webhookId', webhook.id)
          .replace(/\/$/, ''),
      );
    expect(addresses.filter((address) => !known.has(address))).toEqual([]);
  });

  it.each(tries.filter(({ isForThem }) => !isForThem))(
    'at $path says to a $role whom it is for, and asks the server for nothing',
    async ({ path, role }) => {
      const requests = renderApp(path, { 'GET /api/me': me(role) });
      await heading(errors.forbiddenPage);
      const main = within(screen.getByRole('main'));
      expect(main.getByRole('link', { name: errors.ownPage })).toBeTruthy();
      for (const control of ['textbox', 'button', 'combobox', 'alert'])
        expect(main.queryAllByRole(control)).toEqual([]);
      expect(requests.map(({ url }) => new URL(url).pathname)).toEqual(['/api/me']);
    },
  );

  it.each(tries.filter(({ isForThem }) => isForThem))(
    'at $path is shown to a $role, in valid HTML',
    async ({ path, role }) => {
      await open(path, role);
      expect(screen.queryByRole('heading', { name: errors.forbiddenPage })).toBeNull();
      expect(screen.queryAllByRole('alert').map(({ textContent }) => textContent)).toEqual([]);
      expect(invalidHtml()).toEqual([]);
    },
  );
});

describe('before one is in', () => {
  it('the way in is valid HTML', async () => {
    renderApp('/sign-in', {}, { identity });
    await screen.findByRole('button', { name: /Ada/ });
    expect(invalidHtml()).toEqual([]);
  });

  it('why one can’t be let in is valid HTML', async () => {
    renderApp('/', { 'GET /api/me': refusal(403, 'organization_inactive', 'closed') });
    await heading(english.session.closed.organization_inactive.title);
    expect(invalidHtml()).toEqual([]);
  });

  it('a page that isn’t there is valid HTML', async () => {
    await open('/nothing/here', 'org_admin');
    expect(invalidHtml()).toEqual([]);
  });
});

describe('what opens over a page', () => {
  const submits = [...ofTeams, ...ofKpis, ...ofPeople, ...ofOrganizations, ...ofThePlatform];

  it.each(submits)('for $name is valid HTML', async ({ role, path, prepare, before = {} }) => {
    renderApp(path, { ...pageReplies, ...before, 'GET /api/me': me(role) });
    await prepare();
    expect(invalidHtml()).toEqual([]);
  });

  it('is valid HTML as the palette, the shortcuts, and the menu of the person', async () => {
    await open('/admin/usage', 'super_admin');
    await userEvent.click(screen.getByRole('button', { name: /Ada Lovelace/ }));
    await screen.findByRole('menuitem', { name: english.shell.signOut, hidden: true });
    expect(invalidHtml()).toEqual([]);
    await userEvent.keyboard('{Escape}');
    await userEvent.keyboard('?');
    await screen.findByRole('dialog', { name: english.shell.shortcuts });
    expect(invalidHtml()).toEqual([]);
    await userEvent.keyboard('{Escape}{Control>}k{/Control}');
    await screen.findByRole('dialog', { name: english.shell.find });
    expect(invalidHtml()).toEqual([]);
  });
});

describe('the gallery of components, in development', () => {
  it('shows each piece in both themes', async () => {
    renderApp('/design', {});
    const pieces = async (theme: string) => {
      const part = within(await screen.findByRole('region', { name: `${theme} theme` }));
      await part.findByRole('table', { name: 'Teams' });
      return part.getAllByRole('heading', { level: 2 }).map(({ textContent }) => textContent);
    };
    const light = await pieces('light');
    expect(light).toEqual(expect.arrayContaining(['Fields', 'Table', 'Chart', 'Loading, empty, failed']));
    expect(await pieces('dark')).toEqual(light);
  });
});
