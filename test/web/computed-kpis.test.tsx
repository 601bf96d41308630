import '../../web/lib/zod-without-eval.ts';
import { screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { newCheckInId, newKpiId } from '../../domain/ids.ts';
import { loadTexts } from '../../web/text/catalogue.ts';
import { english } from './support/english.ts';
import { me, type Replies, renderApp } from './support/render-app.tsx';
import { everything, kpi, own } from './support/small-organization.ts';

const german = await loadTexts('de');
const { kpis } = english;
const api = `/api${own}`;
const dayMs = 86_400_000;
const [first, second] = [newKpiId(new Date(1)), newKpiId(new Date(2))];
const measured = (value: number, days: number) => {
  const at = new Date(Date.now() - days * dayMs);
  return { value, at: at.toISOString(), checkInId: newCheckInId(at, at) };
};
const dayAhead = (days: number) => new Date(Date.now() + days * dayMs).toISOString().slice(0, 10);
const ratio = {
  ...kpi,
  name: 'Share',
  unit: '%',
  formula: { kind: 'ratio', sources: [first, second], percent: true },
  sources: [{ id: first, name: 'Late', unit: 'orders', value: 3 }],
};
const asAdmin: Replies = { ...everything, 'GET /api/me': me('org_admin') };
const page = (body: object) => ({ ...asAdmin, [`GET ${api}/kpis/${kpi.id}`]: { status: 200, body } });
const path = `${own}/kpis/${kpi.id}`;

describe('the page of a computed KPI', () => {
  it('says what it is computed from, names no source that the reader can’t see, and takes no check-in', async () => {
    const recent = [measured(10, 9), measured(12, 2)];
    renderApp(path, page({ ...ratio, recent, latest: recent[1] }));
    const from = (await screen.findByText(kpis.computedFrom)).parentElement;
    expect(from?.textContent).toContain(`Late (3 orders) ÷ ${kpis.hiddenSource} × 100`);
    expect(screen.getByRole('link', { name: 'Late' }).getAttribute('href')).toBe(`${own}/kpis/${first}`);
    expect(screen.getByText(kpis.computedValuesText)).toBeTruthy();
    expect(screen.queryByRole('button', { name: kpis.checkInOf('Share') })).toBeNull();
    expect(screen.queryByText(kpis.dueNow)).toBeNull();
  });

  it('says why there is no value', async () => {
    renderApp(path, page({ ...ratio, computedProblem: 'divides_by_zero' }));
    expect((await screen.findAllByText(kpis.computedProblems.divides_by_zero)).length).toBeGreaterThan(0);
    expect(screen.getByText(kpis.noValues)).toBeTruthy();
  });
});

describe('the forecast of a KPI', () => {
  const recent = [50, 40, 30, 20, 10].map((days, index) => measured(10 * (index + 1), days));
  const rising = {
    ...ratio,
    recent,
    latest: recent.at(-1),
    period: { start: '2020-01-01', end: dayAhead(30) },
  };

  it('stands under the chart in words, with its band, outlook and method', async () => {
    renderApp(path, page(rising));
    const words = await screen.findByText(/^At this rate, 9\d(\.\d+)? % on /);
    expect(words.textContent).toContain(kpis.forecast.outlooks.unlikely);
    await userEvent.click(within(words).getByRole('button'));
    expect(await screen.findByText(kpis.forecast.method(5))).toBeTruthy();
  });

  it('stands in the table of the chart too', async () => {
    renderApp(path, page(rising));
    await userEvent.click(await screen.findByRole('button', { name: /^Show as table|table/i }));
    const table = await screen.findByRole('table', { name: kpis.valueIn('%') });
    expect(within(table).getAllByText(/^Forecast: /).length).toBe(8);
  });

  it('says in German why there is none', async () => {
    const few = page({ ...ratio, recent: recent.slice(3), latest: recent.at(-1) });
    renderApp(path, few, { language: { language: 'de', texts: german } });
    const { none } = german.kpis.forecast;
    expect(await screen.findByText(none.too_few_values(5, 3), { exact: false })).toBeTruthy();
  });
});

describe('the form of a new KPI', () => {
  it('makes one that is computed, and asks for what a formula lacks', async () => {
    const others = [first, second].map((id, place) => ({ ...kpi, id, name: `Source ${place + 1}` }));
    const requests = renderApp(`${own}/kpis?dialog=new-kpi`, {
      ...asAdmin,
      [`GET ${api}/kpis`]: { status: 200, body: { items: others, nextCursor: null } },
      [`POST ${api}/kpis`]: { status: 201, body: { ...ratio, id: kpi.id } },
    });
    const form = within(await screen.findByRole('form', { name: kpis.newKpi }));
    await userEvent.type(form.getByLabelText(/^Name/), 'Mean');
    await userEvent.type(form.getByLabelText(/^Target/), '10');
    await userEvent.selectOptions(form.getByLabelText(kpis.values), 'weighted_mean');
    await userEvent.click(form.getByRole('button', { name: kpis.create }));
    expect(await form.findByText(/2 KPIs/)).toBeTruthy();
    await userEvent.click(form.getByRole('combobox', { name: kpis.sources }));
    for (const name of ['Source 1', 'Source 2'])
      await userEvent.click(await screen.findByRole('option', { name, hidden: true }));
    await userEvent.clear(form.getByLabelText(kpis.weightOf('Source 2')));
    await userEvent.type(form.getByLabelText(kpis.weightOf('Source 2')), '2,5');
    await userEvent.click(form.getByRole('button', { name: kpis.create }));
    await screen.findByRole('heading', { name: kpi.name });
    const sent = requests.find(({ method, url }) => method === 'POST' && url.endsWith('/kpis'));
    expect(await sent?.clone().json()).toMatchObject({
      formula: { kind: 'weighted_mean', sources: [first, second], weights: [1, 2.5] },
    });
  });
});
