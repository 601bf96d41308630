import { notifications } from '@mantine/notifications';
import { cleanup, screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type BulkAction, oneByOne } from '../../web/components/table/bulk-actions.tsx';
import classes from '../../web/components/table/table.module.css';
import { renderShips, type Ship } from './support/render-list.tsx';

const victory: Ship = { id: 'ship_1', name: 'Victory', masts: 3, port: 'Portsmouth' };
const argo: Ship = { id: 'ship_2', name: 'Argo', masts: 1 };
const beagle: Ship = { id: 'ship_3', name: 'Beagle', masts: 2, port: 'Plymouth' };
const all = [victory, argo, beagle];

beforeEach(() => {
  vi.stubGlobal('scrollTo', () => undefined);
});
afterEach(() => {
  notifications.clean();
  localStorage.clear();
  cleanup();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

const table = () => screen.findByRole('table', { name: 'Ships' });
const title = async (name: string) => within(await table()).findByRole('columnheader', { name });
const names = async () =>
  within(await table())
    .getAllByRole('link')
    .map(({ textContent }) => textContent);
const query = () => new URLSearchParams(window.location.search).get('sort');
const { click, keyboard } = userEvent;

describe('a list of which all is loaded', () => {
  it('is sorted by a title, turned round, and put back; the order stands in the address', async () => {
    renderShips({ pages: [all] });
    const masts = await title('Masts');
    await click(within(masts).getByRole('button'));
    await waitFor(async () => expect(await names()).toEqual(['Victory', 'Beagle', 'Argo']));
    expect(query()).toBe('-masts');
    expect(masts.getAttribute('aria-sort')).toBe('descending');
    await click(within(masts).getByRole('button'));
    await waitFor(async () => expect(await names()).toEqual(['Argo', 'Beagle', 'Victory']));
    expect(query()).toBe('masts');
    await click(within(masts).getByRole('button'));
    await waitFor(async () => expect(await names()).toEqual(['Victory', 'Argo', 'Beagle']));
    expect(query()).toBeNull();
  });

  it('is sorted by the keyboard too', async () => {
    renderShips({ pages: [all] });
    within(await title('Port'))
      .getByRole('button')
      .focus();
    await keyboard('{Enter}');
    await waitFor(() => expect(query()).toBe('port'));
  });

  it('comes in the order of the address, with what has no value last in both directions', async () => {
    renderShips({ pages: [all], search: '?sort=port' });
    await waitFor(async () => expect(await names()).toEqual(['Beagle', 'Victory', 'Argo']));
    await click(within(await title('Port')).getByRole('button'));
    await waitFor(async () => expect(await names()).toEqual(['Victory', 'Beagle', 'Argo']));
  });

  it('takes an order that is none for no order', async () => {
    renderShips({ pages: [all], search: '?sort=-color' });
    expect(await names()).toEqual(['Victory', 'Argo', 'Beagle']);
  });
});

describe('a list of which there is more', () => {
  it('offers the server’s orders only, and never sorts the part that it has', async () => {
    renderShips({ pages: [[victory, argo], [beagle]], search: '?sort=masts' });
    expect(await names()).toEqual(['Victory', 'Argo']);
    const masts = await title('Masts');
    expect(masts.getAttribute('aria-sort')).toBeNull();
    expect(within(masts).queryByRole('button')).toBeNull();
    await click(within(await title('Name')).getByRole('button'));
    await waitFor(() => expect(query()).toBe('name'));
    // The server of this test returns an arbitrary order: the page must not sort it.
    expect(await names()).toEqual(['Victory', 'Argo']);
    expect((await title('Name')).getAttribute('aria-sort')).toBe('ascending');
  });

  it('says how much of it is shown, and sorts it once all of it is', async () => {
    renderShips({ pages: [[victory, argo], [beagle]] });
    expect(await screen.findByText('First 2 results')).toBeTruthy();
    await click(screen.getByRole('button', { name: 'Load more' }));
    expect(await screen.findByText('3 results')).toBeTruthy();
    expect(within(await title('Masts')).getByRole('button')).toBeTruthy();
  });
});

describe('a row', () => {
  it('opens what it is of by a click anywhere, but not by one on what it holds', async () => {
    renderShips({ pages: [all] });
    const row = within(await table()).getByRole('row', { name: /Beagle/ });
    await click(within(row).getByRole('button', { name: 'Sink' }));
    expect(window.location.pathname).toBe('/ships');
    await click(within(row).getByText('Plymouth'));
    expect(await screen.findByRole('heading', { name: 'One ship' })).toBeTruthy();
    expect(window.location.pathname).toBe('/ships/ship_3');
  });

  it('opens in a tab of its own by a click with Ctrl', async () => {
    const open = vi.spyOn(window, 'open').mockReturnValue(null);
    renderShips({ pages: [all] });
    const user = userEvent.setup();
    await user.keyboard('{Control>}');
    await user.click(within(await table()).getByText('Plymouth'));
    expect(open).toHaveBeenCalledWith(expect.stringMatching(/\/ships\/ship_3$/), '_blank', 'noopener');
    expect(window.location.pathname).toBe('/ships');
  });

  it('is gone to by arrows, Home and End, and opened by Enter', async () => {
    renderShips({ pages: [all] });
    const [first, second, third] = within(await table()).getAllByRole('link');
    first?.focus();
    await keyboard('{ArrowDown}');
    expect(document.activeElement).toBe(second);
    await keyboard('{End}');
    expect(document.activeElement).toBe(third);
    await keyboard('{ArrowDown}{ArrowUp}');
    expect(document.activeElement).toBe(second);
    await keyboard('{Home}{ArrowDown}{Enter}');
    await waitFor(() => expect(window.location.pathname).toBe('/ships/ship_2'));
  });
});

describe('many rows', () => {
  const fleet = (count: number): Ship[] =>
    Array.from({ length: count }, (_, index) => ({ id: `ship_${index}`, name: `Ship ${index}`, masts: 1 }));
  const looks = async () => [...(await table()).classList];

  it('are all drawn, in their order, a hundred at a time', async () => {
    renderShips({ pages: [fleet(250)] });
    const drawn = [...(await table()).querySelectorAll('tbody a')];
    expect(drawn.at(-1)?.textContent).toBe('Ship 99');
    const all = () => [...document.querySelectorAll('tbody a')].map(({ textContent }) => textContent);
    await waitFor(() => expect(all()).toEqual(fleet(250).map(({ name }) => name)));
  });

  it('are not laid out while they are out of sight, where there are more than fifty', async () => {
    expect(classes.many).toBeTypeOf('string');
    renderShips({ pages: [fleet(51)] });
    expect(await looks()).toContain(classes.many);
    cleanup();
    renderShips({ pages: [fleet(50)] });
    expect(await looks()).not.toContain(classes.many);
  });
});

describe('rows that are selected', () => {
  const sunk: string[] = [];
  const sink: BulkAction<Ship> = {
    id: 'sink',
    title: 'Sink',
    dangerous: true,
    may: ({ name }) => name !== 'Victory',
    run: (ships) =>
      oneByOne(ships, async ({ name }) => {
        if (name === 'Beagle') throw new Error('It floats.');
        sunk.push(name);
      }),
  };
  const actions = () => within(screen.getByRole('group', { name: 'Actions for selected rows' }));

  it('are chosen by boxes or Space, and counted', async () => {
    renderShips({ pages: [all], bulk: [sink] });
    await click(await screen.findByRole('checkbox', { name: 'Select Argo' }));
    expect(actions().getByRole('status').textContent).toBe('1 selected');
    screen.getByRole('link', { name: 'Beagle' }).focus();
    await keyboard(' ');
    expect(actions().getByRole('status').textContent).toBe('2 selected');
    await click(screen.getByRole('checkbox', { name: 'Select all rows' }));
    expect(actions().getByRole('status').textContent).toBe('3 selected');
    await click(actions().getByRole('button', { name: 'Clear selection' }));
    expect(screen.queryByRole('group', { name: 'Actions for selected rows' })).toBeNull();
  });

  it('are acted on as far as one may; those that failed stay selected, and the count is said', async () => {
    sunk.length = 0;
    renderShips({ pages: [all], bulk: [sink] });
    await click(await screen.findByRole('checkbox', { name: 'Select all rows' }));
    await click(actions().getByRole('button', { name: 'Sink (2)' }));
    expect(await screen.findByText(/^Sink: 1 done, 1 failed/)).toBeTruthy();
    expect(sunk).toEqual(['Argo']);
    expect(actions().getByRole('status').textContent).toBe('1 selected');
    expect(screen.getByRole('checkbox', { name: 'Select Beagle', checked: true })).toBeTruthy();
  });

  it('are asked about first where that is wanted', async () => {
    sunk.length = 0;
    const confirm = () => ({ title: 'Sink them?', text: 'They don’t come back.', action: 'Sink now' });
    renderShips({ pages: [all], bulk: [{ ...sink, confirm }] });
    await click(await screen.findByRole('checkbox', { name: 'Select Argo' }));
    await click(actions().getByRole('button', { name: 'Sink' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Sink them?' }));
    expect(sunk).toEqual([]);
    await click(dialog.getByRole('button', { name: 'Sink now' }));
    expect(await screen.findByText('Sink: 1 done')).toBeTruthy();
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('can’t be where nothing can be done to several', async () => {
    renderShips({ pages: [all] });
    await table();
    expect(screen.queryByRole('checkbox')).toBeNull();
  });
});

describe('what is shown', () => {
  const titles = async () =>
    within(await table())
      .getAllByRole('columnheader')
      .map(({ textContent }) => textContent);

  it('is what somebody has chosen, also on the next visit', async () => {
    renderShips({ pages: [all] });
    expect(await titles()).toEqual(['Name', 'Masts', 'Port', 'Actions']);
    await click(screen.getByRole('button', { name: 'Columns' }));
    await click(await screen.findByRole('checkbox', { name: 'Number' }));
    await click(screen.getByRole('checkbox', { name: 'Masts' }));
    await waitFor(async () => expect(await titles()).toEqual(['Name', 'Port', 'Number', 'Actions']));
    cleanup();
    renderShips({ pages: [all] });
    expect(await titles()).toEqual(['Name', 'Port', 'Number', 'Actions']);
  });

  it('survives a memory that somebody has spoiled', async () => {
    localStorage.setItem('mtcms-columns-ships', '{"masts":');
    renderShips({ pages: [all] });
    expect(await titles()).toEqual(['Name', 'Masts', 'Port', 'Actions']);
  });

  it('is exported as it is: columns and rows, quoted, and no formula', async () => {
    const files: Blob[] = [];
    vi.spyOn(URL, 'createObjectURL').mockImplementation((file) => {
      if (file instanceof Blob) files.push(file);
      return 'blob:file';
    });
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => undefined);
    const odd: Ship = { id: 'ship_4', name: '=1+1', masts: 9, port: 'A "quoted", port' };
    renderShips({ pages: [[argo, odd]], search: '?sort=-masts' });
    await table();
    await click(screen.getByRole('button', { name: 'Export CSV' }));
    expect(await files[0]?.text()).toBe(
      ['\uFEFF"Name","Masts","Port"', '"\'=1+1","9","A ""quoted"", port"', '"Argo","1","–"', ''].join('\r\n'),
    );
  });

  it('is a title, two facts and what can be done, as a card on a phone', async () => {
    renderShips({ pages: [all] });
    const row = within(await table()).getByRole('row', { name: /Beagle/ });
    const parts = within(row)
      .getAllByRole('cell')
      .map(({ dataset }) => dataset.phone);
    expect(parts).toEqual(['title', 'fact', 'fact', 'actions']);
  });

  it('is sorted by a menu on a phone, where there are no titles to press', async () => {
    const others = window.matchMedia;
    vi.stubGlobal('matchMedia', (media: string) =>
      media.includes('max-width') ? { ...others(media), matches: true } : others(media),
    );
    renderShips({ pages: [all] });
    expect(within(await title('Masts')).queryByRole('button')).toBeNull();
    await click(screen.getByRole('button', { name: 'Sort' }));
    await click(await screen.findByRole('menuitem', { name: 'Masts' }));
    await waitFor(async () => expect(await names()).toEqual(['Victory', 'Beagle', 'Argo']));
  });

  it('is the next step where there is nothing', async () => {
    renderShips({ pages: [[]] });
    expect(await screen.findByText('No ships yet')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Export CSV' })).toBeNull();
  });
});
