import '../../web/lib/zod-without-eval.ts';
import { screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { newCheckInId, newKpiId, newTeamId } from '../../domain/ids.ts';
import { loadTexts } from '../../web/text/catalogue.ts';
import { heading, me, type Replies, refusal, renderApp } from './support/render-app.tsx';
import { checkIn, everything, kpi, own } from './support/small-organization.ts';

const german = await loadTexts('de');
const api = `/api${own}`;
const dayMs = 86_400_000;
const daysAgo = (days: number) => new Date(Date.now() - days * dayMs);
const list = (...items: readonly object[]) => ({ status: 200, body: { items, nextCursor: null } });

const measured = (value: number, days: number) => {
  const at = daysAgo(days);
  return { value, at: at.toISOString(), checkInId: newCheckInId(at, at) };
};
const teamId = newTeamId(new Date());
const recent = [measured(40, 15), measured(55, 8), measured(68, 1)];
/** Half of its period is over today, so half of the progress is expected. */
const halfWay = {
  start: daysAgo(100).toISOString().slice(0, 10),
  end: daysAgo(-100).toISOString().slice(0, 10),
};
const shipped = {
  ...kpi,
  name: 'Shipped',
  unit: '%',
  target: 200,
  period: halfWay,
  latest: recent[2],
  recent,
  status: 'at_risk',
  progress: 0.34,
  owner: { kind: 'team', teamId },
  ownerName: 'Crew',
};
const later = new Date('2026-01-02T00:00:00.000Z');
const returned = { ...kpi, id: newKpiId(later), name: 'Returned', ownerName: 'Ada Lovelace' };
const asAdmin: Replies = {
  ...everything,
  'GET /api/me': me('org_admin'),
  [`GET ${api}/kpis`]: list(shipped, returned),
  [`GET ${api}/kpis/${kpi.id}`]: { status: 200, body: shipped },
};
const asked = (requests: readonly Request[]) =>
  requests
    .map(({ url }) => new URL(url))
    .filter(({ pathname }) => pathname === `${api}/kpis`)
    .map(({ searchParams }) => Object.fromEntries(searchParams));

describe('the list of KPIs', () => {
  it('shows the line of last values, value and target, owner and when the next value is due', async () => {
    renderApp(`${own}/kpis`, asAdmin);
    const row = await screen.findByRole('row', { name: /Shipped/ });
    expect(row.querySelector('[data-sparkline]')).not.toBeNull();
    expect(row.textContent).toContain('68 / 200 %');
    const owner = within(row).getByRole('link', { name: 'Crew' });
    expect(owner.getAttribute('href')).toBe(`${own}/teams/${teamId}`);
    expect(within(row).queryByText('Due now')).toBeNull();
    const other = screen.getByRole('row', { name: /Returned/ });
    expect(within(other).getByText('Due now')).toBeTruthy();
    expect(within(other).getByRole('link', { name: 'Ada Lovelace' }).getAttribute('href')).toBe(
      `${own}/users/user_1`,
    );
    expect(other.querySelector('[data-sparkline]')).toBeNull();
  });

  it('asks the server for what is searched, filtered and sorted, as it stands in the address', async () => {
    const search = 'search=shi&due=now&owner=user_1&sort=-due';
    const requests = renderApp(`${own}/kpis?${search}`, asAdmin);
    await screen.findByRole('row', { name: /Shipped/ });
    expect(asked(requests).at(-1)).toMatchObject({
      search: 'shi',
      due: 'now',
      ownerId: 'user_1',
      sort: 'due',
      direction: 'desc',
    });
    await userEvent.click(screen.getByRole('button', { name: /Status$/ }));
    await waitFor(() => expect(asked(requests).at(-1)).toMatchObject({ sort: 'status' }));
    await userEvent.keyboard('/');
    expect(document.activeElement).toBe(screen.getByRole('searchbox', { name: 'Search KPIs' }));
  });

  it('shows names and figures of any size on one line', async () => {
    const name = 'عدد الطلبات 株式会社 '.repeat(6).trim();
    const huge = { ...returned, name, target: 1e12, latest: measured(0.000001, 1), unit: 'orders' };
    renderApp(`${own}/kpis`, { ...asAdmin, [`GET ${api}/kpis`]: list(huge) });
    const cell = await screen.findByText(name);
    expect(cell.tagName).toBe('BDI');
    const row = cell.closest('tr');
    expect(row?.textContent).toContain('0.000001 / 1T orders');
    expect(screen.getByTitle('1,000,000,000,000')).toBeTruthy();
  });

  it('takes a value and a comment beside the row, goes on to the next, and can undo exactly that', async () => {
    const made = { ...checkIn, id: newCheckInId(new Date(), new Date()), value: 72 };
    const undo = `DELETE ${api}/kpis/${kpi.id}/check-ins/${made.id}`;
    const requests = renderApp(`${own}/kpis`, {
      ...asAdmin,
      [`POST ${api}/kpis/${kpi.id}/check-ins`]: { status: 201, body: made },
      [undo]: { status: 204 },
    });
    await userEvent.click(await screen.findByRole('button', { name: 'Check in for Shipped' }));
    const form = within(await screen.findByRole('form', { name: 'Check in for Shipped', hidden: true }));
    expect(form.getByText(/Last:/).textContent).toContain('68 %');
    expect(form.getByText(/Expected today/).textContent).toMatch(/(99|100)(\.\d+)? %/);
    const value = form.getByLabelText('Value (%)');
    await userEvent.type(value, '1.234{Enter}');
    expect(form.getByText(/could be read two ways/)).toBeTruthy();
    await userEvent.clear(value);
    await userEvent.type(value, 'many{Enter}');
    expect(form.getByText('Enter a number, such as 12.5')).toBeTruthy();
    await userEvent.clear(value);
    await userEvent.type(form.getByLabelText('Comment'), 'New cut-off');
    await userEvent.type(value, '72{Enter}');
    const sent = requests.filter(({ method }) => method === 'POST');
    expect(sent).toHaveLength(1);
    expect(await sent[0]?.json()).toEqual({ value: 72, note: 'New cut-off' });
    await waitFor(() =>
      expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Check in for Returned' })),
    );
    await userEvent.click(await screen.findByRole('button', { name: 'Undo' }));
    expect(await screen.findByText('Check-in for Shipped undone')).toBeTruthy();
    expect(requests.filter(({ method }) => method === 'DELETE')).toHaveLength(1);
  });

  it('is done with a value that was taken, however long it takes to read the list anew', async () => {
    let taken = false;
    renderApp(`${own}/kpis`, {
      ...asAdmin,
      [`GET ${api}/kpis`]: () => (taken ? new Promise(() => undefined) : list(shipped, returned)),
      [`POST ${api}/kpis/${kpi.id}/check-ins`]: () => {
        taken = true;
        return { status: 201, body: checkIn };
      },
    });
    await userEvent.click(await screen.findByRole('button', { name: 'Check in for Shipped' }));
    const name = 'Check in for Shipped';
    const form = within(await screen.findByRole('form', { name, hidden: true }));
    await userEvent.type(form.getByLabelText('Value (%)'), '72{Enter}');
    await screen.findByText(/^Checked in/);
    await waitFor(() => expect(screen.queryByRole('form', { name, hidden: true })).toBeNull());
    // Nothing is left that would prompt the reader.
    await userEvent.click(screen.getByRole('link', { name: 'Teams' }));
    await heading('Teams');
  });

  it('keeps what was typed when the server refuses it, and says why', async () => {
    renderApp(`${own}/kpis`, {
      ...asAdmin,
      [`POST ${api}/kpis/${kpi.id}/check-ins`]: refusal(503, 'internal', 'The table is away.'),
    });
    await userEvent.click(await screen.findByRole('button', { name: 'Check in for Shipped' }));
    const form = within(await screen.findByRole('form', { name: 'Check in for Shipped', hidden: true }));
    const value = form.getByLabelText('Value (%)');
    await userEvent.type(value, '72{Enter}');
    expect(await form.findByText('The table is away.')).toBeTruthy();
    expect(value).toHaveProperty('value', '72');
  });

  it.each([
    ['due=now', 'All check-ins done'],
    ['due=now&role=mine', 'All check-ins done'],
    ['due=now&search=zzz', 'No KPIs match these filters'],
    ['status=off_track', 'No KPIs match these filters'],
    ['', 'No KPIs yet'],
  ])('with nothing to show under %s says %s', async (search, title) => {
    renderApp(`${own}/kpis?${search}`, { ...asAdmin, [`GET ${api}/kpis`]: list() });
    expect(await screen.findByText(title)).toBeTruthy();
  });

  it('offers no check-in and no new KPI to who may only read', async () => {
    const others = { ...shipped, assigneeIds: [] };
    renderApp(`${own}/kpis`, {
      ...asAdmin,
      'GET /api/me': me('team_member'),
      [`GET ${api}/kpis`]: list(others),
    });
    await screen.findByRole('row', { name: /Shipped/ });
    expect(screen.queryByRole('button', { name: /^Check in/ })).toBeNull();
    expect(screen.queryByRole('button', { name: 'New KPI' })).toBeNull();
    expect(screen.queryByRole('link', { name: 'Crew' })).toBeNull();
    expect(screen.getByText('Crew')).toBeTruthy();
  });
});

describe('the page of a KPI', () => {
  const page = (changes: object = {}, more: Replies = {}): Replies => ({
    ...asAdmin,
    [`GET ${api}/kpis/${kpi.id}`]: { status: 200, body: { ...shipped, ...changes } },
    ...more,
  });
  const open = async (changes: object = {}, more: Replies = {}) => {
    renderApp(`${own}/kpis/${kpi.id}`, page(changes, more));
    await heading('Shipped');
  };

  it('says why its status is what it is, whose it is, who reports and when the next value is due', async () => {
    await open({ assignees: [{ userId: 'user_2', name: 'Bea' }], description: 'Counted every Monday.' });
    expect(await screen.findByText(/^\d+(\.\d+)? % below the expected \d+(\.\d+)? % for /)).toBeTruthy();
    expect(screen.getByRole('link', { name: 'Crew' })).toBeTruthy();
    expect(screen.getByRole('link', { name: 'Bea' }).getAttribute('href')).toBe(`${own}/users/user_2`);
    const facts = screen.getAllByRole('definition').map(({ textContent }) => textContent);
    expect(facts.some((text) => text?.includes('Weekly'))).toBe(true);
    expect(facts.some((text) => text?.startsWith('200 %'))).toBe(true);
    expect(screen.getByText('Counted every Monday.')).toBeTruthy();
  });

  it('says the same number where it tells what is expected today and why the status is so', async () => {
    const today = new Date().toISOString().slice(0, 10);
    const period = { start: today, end: new Date(Date.now() + 4 * dayMs).toISOString().slice(0, 10) };
    // Expected at the start of the day, hours before the user looks.
    const latest = { ...measured(1, 0), at: `${today}T00:00:00.000Z` };
    await open({ baseline: 2, target: 1000, period, latest });
    expect(await screen.findByText('1 % below the expected 2 % for today')).toBeTruthy();
    const facts = screen.getAllByRole('definition').map(({ textContent }) => textContent);
    expect(facts[1]).toMatch(/^2 %/);
  });

  it.each([
    ['without a value', { latest: null, status: 'no_data', progress: null }, 'No check-ins yet'],
    ['with an old one', { latest: measured(3, 45), status: 'no_data' }, /^No check-in since .*30 days ago$/],
    ['that is reached', { latest: measured(200, 1), progress: 1, status: 'on_track' }, 'Target reached'],
    [
      'in its range',
      { direction: 'between', target: { low: 60, high: 70 }, status: 'on_track' },
      'Within the target range',
    ],
    [
      'out of its range',
      { direction: 'between', target: { low: 70, high: 90 }, status: 'at_risk' },
      '2 % below the minimum of 70 %',
    ],
  ])('says it of one %s', async (_, changes, reason) => {
    await open(changes);
    expect(await screen.findByText(reason)).toBeTruthy();
  });

  it('lists each value with its change, who reported it, and what it was before it was corrected', async () => {
    const at = (days: number) => daysAgo(days).toISOString();
    const older = { ...checkIn, value: 55, at: at(8), byName: 'Bea', by: 'user_2' };
    const newer = {
      ...checkIn,
      id: newCheckInId(daysAgo(1), daysAgo(1)),
      value: 68,
      at: at(1),
      note: 'New cut-off',
      by: 'user_9',
      revision: 2,
      corrections: [{ value: 86, note: 'Oops', by: 'user_2', byName: 'Bea', at: at(1) }],
    };
    await open({}, { [`GET ${api}/kpis/${kpi.id}/check-ins`]: list(newer, older) });
    const table = within(await screen.findByRole('table', { name: 'Check-ins' }));
    const row = table.getByRole('row', { name: /New cut-off/ });
    expect(row.textContent).toContain('68 %');
    expect(row.textContent).toContain('+13');
    expect(within(row).getByText('Former member')).toBeTruthy();
    await userEvent.click(within(row).getByRole('button', { name: 'Corrected' }));
    const before = await screen.findByText(/Oops/);
    expect(before.textContent).toContain('86 %');
    expect(before.textContent).toContain('Corrected by Bea');
    expect(within(table.getByRole('row', { name: /55 %/ })).getByRole('link', { name: 'Bea' })).toBeTruthy();
  });

  it('is there in German', async () => {
    renderApp(`${own}/kpis/${kpi.id}`, page(), { language: { language: 'de', texts: german } });
    await heading('Shipped');
    expect(await screen.findByText(/% unter den für .* erwarteten/)).toBeTruthy();
    expect(screen.getByText('Nächster Check-in')).toBeTruthy();
  });
});
