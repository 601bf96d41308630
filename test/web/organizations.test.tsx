import { cleanup, screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { heading, me, organization, refusal, renderApp } from './support/render-app.tsx';

const list = (...items: object[]) => ({ status: 200, body: { items, nextCursor: null } });
afterEach(() => {
  localStorage.clear();
  vi.restoreAllMocks();
});

const asSuperAdmin = { 'GET /api/me': me('super_admin') };

describe('the list of organizations', () => {
  it('says how each stands, from facts', async () => {
    renderApp('/admin/organizations', {
      ...asSuperAdmin,
      'GET /api/admin/organizations': list(
        organization('Fine'),
        organization('Closed', {
          id: 'org_01ARZ3NDEKTSV4RRFFQ69G5FA1',
          status: 'inactive',
          health: {
            level: 'inactive',
            score: 0,
            reasons: [{ code: 'suspended', level: 'inactive', weight: 100 }],
          },
        }),
        organization('Over', {
          id: 'org_01ARZ3NDEKTSV4RRFFQ69G5FA2',
          subscription: { plan: 'starter', startDate: '2020-01-01', endDate: '2020-12-31' },
          health: {
            level: 'at_risk',
            score: 30,
            reasons: [{ code: 'plan_expired', level: 'at_risk', days: 9, weight: 70 }],
          },
        }),
        organization('New', {
          id: 'org_01ARZ3NDEKTSV4RRFFQ69G5FA3',
          counts: { users: 0, pendingInvitations: 1, teams: 0, kpis: 0 },
        }),
      ),
    });
    const rows = await screen.findAllByRole('row');
    const said = rows.slice(1).map((row) =>
      within(row)
        .getAllByRole('cell')
        .slice(1, 4)
        .map((cell) => cell.textContent),
    );
    expect(said).toEqual([
      ['Fine', 'Active', 'Healthy 100'],
      ['Closed', 'Suspended', 'Suspended 0'],
      ['Over', 'Plan ended', 'At risk 30'],
      ['New', 'Onboarding', 'Healthy 100'],
    ]);
  });

  it('says what to do when there are none', async () => {
    renderApp('/admin/organizations', { ...asSuperAdmin, 'GET /api/admin/organizations': list() });
    expect(await screen.findByRole('link', { name: 'Create organization' })).toBeTruthy();
  });

  it('asks for what is typed, and keeps it in the address', async () => {
    const requests = renderApp('/admin/organizations', {
      ...asSuperAdmin,
      'GET /api/admin/organizations': list(organization('Fine')),
    });
    await userEvent.type(await screen.findByLabelText(/Search organizations/), 'fi');
    await waitFor(() => expect(window.location.search).toBe('?search=fi'));
    await waitFor(() =>
      expect(requests.some(({ url }) => new URL(url).searchParams.get('search') === 'fi')).toBe(true),
    );
  });

  it('shows what went wrong with the number to quote, and can try again', async () => {
    let broken = true;
    renderApp('/admin/organizations', {
      ...asSuperAdmin,
      'GET /api/admin/organizations': () =>
        broken ? refusal(403, 'rate_limited', 'Too many requests.') : list(organization('Fine')),
    });
    expect((await screen.findByRole('alert')).textContent).toContain('request-1');
    broken = false;
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByRole('link', { name: 'Fine' })).toBeTruthy();
  });
});

describe('the filters of the list', () => {
  const open = async (path: string, reply = list(organization('Fine'))) => {
    const requests = renderApp(path, { ...asSuperAdmin, 'GET /api/admin/organizations': reply });
    await heading('Organizations');
    return () =>
      requests
        .map(({ url }) => new URL(url))
        .filter(({ pathname }) => pathname === '/api/admin/organizations')
        .map(({ search }) => search);
  };

  it('stand in the address, and are asked of the server', async () => {
    const asked = await open('/admin/organizations?status=expired&plan=growth&ends=30&sort=-users');
    await screen.findByRole('link', { name: 'Fine' });
    expect(asked().map((query) => Object.fromEntries(new URLSearchParams(query)))).toEqual([
      {
        status: 'expired',
        plan: 'growth',
        endsWithinDays: '30',
        sort: 'users',
        direction: 'desc',
        limit: '50',
      },
    ]);
  });

  it('that are none are left out', async () => {
    const asked = await open('/admin/organizations?status=odd&plan=free&ends=31&sort=-color');
    await screen.findByRole('link', { name: 'Fine' });
    expect(asked()).toEqual(['?limit=50']);
  });

  it('are chosen in a menu, and each can be taken away', async () => {
    const asked = await open('/admin/organizations?status=expired');
    await userEvent.click(await screen.findByRole('button', { name: 'Filter' }));
    await userEvent.selectOptions(await screen.findByLabelText('Plan'), 'Growth');
    await waitFor(() => expect(window.location.search).toBe('?status=expired&plan=growth'));
    await userEvent.click(screen.getByRole('button', { name: /^Remove filter: Status/ }));
    await waitFor(() => expect(window.location.search).toBe('?plan=growth'));
    await waitFor(() => expect(asked().at(-1)).toBe('?plan=growth&limit=50'));
    expect(screen.queryByRole('button', { name: /^Remove filter: Status/ })).toBeNull();
  });

  it('can all be taken away at once', async () => {
    await open('/admin/organizations?status=expired&plan=growth&sort=users');
    await userEvent.click(await screen.findByRole('button', { name: 'Clear filters' }));
    await waitFor(() => expect(window.location.search).toBe('?sort=users'));
  });

  it('are beside the order, which a title turns round', async () => {
    const asked = await open('/admin/organizations');
    const title = await screen.findByRole('columnheader', { name: 'Last activity' });
    await userEvent.click(within(title).getByRole('button'));
    await waitFor(() => expect(window.location.search).toBe('?sort=lastActivity'));
    await userEvent.click(within(title).getByRole('button'));
    await waitFor(() => expect(window.location.search).toBe('?sort=-lastActivity'));
    await waitFor(() => expect(asked().at(-1)).toBe('?sort=lastActivity&direction=desc&limit=50'));
  });

  it('can be taken away when nothing matches', async () => {
    const asked = await open('/admin/organizations?status=expired', list());
    await userEvent.click(await screen.findByRole('button', { name: 'Clear filters' }));
    await waitFor(() => expect(window.location.search).toBe(''));
    await waitFor(() => expect(asked().at(-1)).toBe('?limit=50'));
  });
});

describe('the columns of the list', () => {
  const titles = () => screen.getAllByRole('columnheader').map(({ textContent }) => textContent);

  it('are those that somebody has chosen, also on the next visit', async () => {
    const replies = { ...asSuperAdmin, 'GET /api/admin/organizations': list(organization('Fine')) };
    renderApp('/admin/organizations', replies);
    await screen.findByRole('link', { name: 'Fine' });
    expect(titles()).toEqual([
      ...['', 'Name', 'Status', 'Health', 'Plan', 'Seats used', 'Plan ends', 'Last activity'],
      'Created',
    ]);
    await userEvent.click(screen.getByRole('button', { name: 'Columns' }));
    await userEvent.click(await screen.findByRole('checkbox', { name: 'Contact' }));
    await userEvent.click(screen.getByRole('checkbox', { name: 'Seats used' }));
    const chosen = [
      ...['', 'Name', 'Status', 'Health', 'Plan', 'Plan ends', 'Last activity', 'Contact'],
      'Created',
    ];
    await waitFor(() => expect(titles()).toEqual(chosen));
    cleanup();
    renderApp('/admin/organizations', replies);
    await screen.findByRole('link', { name: 'Fine' });
    expect(titles()).toEqual(chosen);
  });
});

/** The files that the page saves. */
function savedFiles(): Blob[] {
  const files: Blob[] = [];
  vi.spyOn(URL, 'createObjectURL').mockImplementation((file) => {
    if (file instanceof Blob) files.push(file);
    return 'blob:file';
  });
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => undefined);
  return files;
}

describe('the list as a table for spreadsheets', () => {
  it('has those that are selected, with their health', async () => {
    const files = savedFiles();
    renderApp('/admin/organizations', {
      ...asSuperAdmin,
      'GET /api/admin/organizations': list(
        organization('Fine'),
        organization('Other', { id: 'org_01ARZ3NDEKTSV4RRFFQ69G5FA1' }),
      ),
    });
    await userEvent.click(await screen.findByRole('checkbox', { name: 'Select Fine' }));
    await userEvent.click(screen.getByRole('button', { name: 'Export CSV' }));
    await waitFor(() => expect(files).toHaveLength(1));
    const [titles, ...rows] = (await files[0]?.text())?.trimEnd().split('\r\n') ?? [];
    expect(titles).toContain('"health","health reasons"');
    expect(rows).toHaveLength(1);
    expect(rows[0]).toContain('"Fine"');
  });

  it('has every page of what the filters show, and no formula', async () => {
    const files = savedFiles();
    const first = organization('=1+1');
    const second = organization('Plain, "quoted"', { id: 'org_01ARZ3NDEKTSV4RRFFQ69G5FA1' });
    const requests = renderApp('/admin/organizations?plan=growth', {
      ...asSuperAdmin,
      'GET /api/admin/organizations': ({ url }) => {
        const isNext = new URL(url).searchParams.get('cursor') === 'next';
        return {
          status: 200,
          body: { items: [isNext ? second : first], nextCursor: isNext ? null : 'next' },
        };
      },
    });
    await userEvent.click(await screen.findByRole('button', { name: 'Export all' }));
    expect(await screen.findByText('Export complete: 2')).toBeTruthy();
    const [titles, one, two, end] = (await files[0]?.text())?.split('\r\n') ?? [];
    expect(titles).toContain('"id","name","external id"');
    expect(one).toContain(`,"'=1+1",`);
    expect(two).toContain(`,"Plain, ""quoted""",`);
    expect(end).toBe('');
    const asked = requests
      .map(({ url }) => new URL(url))
      .filter(({ pathname }) => pathname === '/api/admin/organizations');
    expect(asked.map(({ searchParams }) => searchParams.get('plan'))).toEqual(['growth', 'growth', 'growth']);
  });

  it('says so when a page can’t be read, and saves nothing', async () => {
    const saved = vi.spyOn(URL, 'createObjectURL');
    renderApp('/admin/organizations', {
      ...asSuperAdmin,
      'GET /api/admin/organizations': ({ url }) =>
        new URL(url).searchParams.get('limit') === '100'
          ? refusal(500, 'internal', 'Something broke.')
          : list(organization('Fine')),
    });
    await userEvent.click(await screen.findByRole('button', { name: 'Export all' }));
    expect(await screen.findByText('Something broke.')).toBeTruthy();
    expect(saved).not.toHaveBeenCalled();
  });
});
