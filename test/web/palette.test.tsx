import { screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { newOrganizationId } from '../../domain/ids.ts';
import { english } from './support/english.ts';
import { heading, me, organization, renderApp } from './support/render-app.tsx';
import { everything } from './support/small-organization.ts';

const { shell } = english;
const northwind = newOrganizationId(new Date('2026-02-01'));
const found = (name: string, id: string) => organization(name, { id, allowedDomains: [], metadata: {} });

/**
 * A super admin's palette, with a server that finds Northwind by words of its name or its contact's
 * address.
 */
async function open(begin: () => Promise<unknown> = () => userEvent.keyboard('{Control>}k{/Control}')) {
  const organizations = ({ url }: Request) => {
    const search = new URL(url).searchParams.get('search') ?? '';
    const isFound = ['north logi', 'cora@northwind.example', 'logi'].includes(search);
    return {
      status: 200,
      body: { items: isFound ? [found('Northwind Logistics', northwind)] : [], nextCursor: null },
    };
  };
  const requests = renderApp('/admin/usage', {
    ...everything,
    'GET /api/me': me('super_admin'),
    'GET /api/admin/organizations': organizations,
    [`GET /api/admin/organizations/${northwind}`]: {
      status: 200,
      body: found('Northwind Logistics', northwind),
    },
  });
  await heading(english.analytics.runs.title);
  await begin();
  const field = await screen.findByRole('textbox', { name: shell.find });
  const searches = () => requests.filter(({ url }) => new URL(url).searchParams.get('search') !== null);
  return { field, searches };
}

const marked = () => document.querySelector('[data-action][data-selected]')?.textContent;

describe('the palette', () => {
  it.each(['north logi', 'cora@northwind.example'])('shows what the server finds by “%s”', async (words) => {
    await userEvent.type((await open()).field, words);
    const palette = within(screen.getByRole('dialog', { name: shell.find }));
    expect(await palette.findByText('Northwind Logistics')).toBeTruthy();
    await waitFor(() => expect(marked()).toBe('Northwind Logistics'));
    await userEvent.keyboard('{Enter}');
    expect(await heading('Northwind Logistics')).toBeTruthy();
  });

  it('is opened by the search button on a phone, and asks the server once', async () => {
    const others = window.matchMedia;
    vi.stubGlobal('matchMedia', (media: string) =>
      media.includes('max-width') ? { ...others(media), matches: true } : others(media),
    );
    const press = () => userEvent.click(screen.getByRole('button', { name: shell.find }));
    const { field, searches } = await open(press);
    await userEvent.type(field, 'north logi{Enter}');
    expect(await heading('Northwind Logistics')).toBeTruthy();
    const asked = searches().filter(({ url }) => url.includes('search=north+logi'));
    expect(asked).toHaveLength(1);
  });

  it('takes by Enter what is found only then', async () => {
    await userEvent.type((await open()).field, 'north logi{Enter}');
    expect(await heading('Northwind Logistics')).toBeTruthy();
  });

  it('takes the first by Enter as soon as it is open', async () => {
    await open();
    await waitFor(() => expect(marked()).toBe(english.organizations.dashboard));
  });

  it('shows nothing that was found for other words', async () => {
    const { field } = await open();
    await userEvent.type(field, 'logi');
    await screen.findByText('Northwind Logistics');
    await userEvent.clear(field);
    await userEvent.type(field, 'audit');
    expect(screen.queryByText('Northwind Logistics')).toBeNull();
    await waitFor(() => expect(marked()).toBe(english.audit.audit));
  });

  it('says that nothing is found only when it has looked', async () => {
    await userEvent.type((await open()).field, 'zzz');
    expect(screen.queryByText(shell.nothingFound)).toBeNull();
    expect(await screen.findByText(shell.nothingFound)).toBeTruthy();
  });
});
