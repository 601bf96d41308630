import '../../web/lib/zod-without-eval.ts';
import { screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { quarterEnd } from '../../web/features/kpis/kpi-form.ts';
import { loadTexts } from '../../web/text/catalogue.ts';
import { formatsFor } from '../../web/text/formats.ts';
import { english } from './support/english.ts';
import { me, type Replies, renderApp } from './support/render-app.tsx';
import { checkIn, everything, kpi, own, team } from './support/small-organization.ts';
import { click, inDialog, type, write } from './support/submits/submit.ts';

const german = await loadTexts('de');

const { kpis, common } = english;
const asAdmin: Replies = { ...everything, 'GET /api/me': me('org_admin') };
const kpiPath = `${own}/kpis/${kpi.id}`;
const doubt = 'This could be read two ways. Enter 1234 for the whole number or 1.2340 for the decimal.';

/** The text of a field's description, which includes its error. */
const said = (label: RegExp) => {
  const field = screen.getByRole('textbox', { name: label });
  const ids = field.getAttribute('aria-describedby')?.split(' ') ?? [];
  return ids.map((id) => document.getElementById(id)?.textContent).join(' ');
};

describe('the form of a KPI', () => {
  const open = async () => {
    const requests = renderApp(`${own}/kpis`, asAdmin);
    await click(kpis.newKpi);
    return { requests, create: await inDialog(kpis.newKpi, kpis.create) };
  };

  it('says the same of an empty target as of an empty value at the beginning', async () => {
    const { create } = await open();
    await type(/^Starting value/, '');
    await userEvent.click(create);
    expect(said(/^Starting value/)).toContain('Enter a number');
    expect(said(/^Target/)).toContain('Enter a number');
  });

  it('begins as most KPIs are: one’s own, from 0, until the end of the quarter', async () => {
    const { create, requests } = await open();
    const value = (label: string | RegExp) => screen.getByLabelText(label);
    expect(value(/^Owner/)).toHaveProperty('value', 'user:user_1');
    expect(value(/^Unit/)).toHaveProperty('value', '%');
    expect(value(/^End date/)).toHaveProperty('value', quarterEnd(new Date()));
    expect(screen.getByText(/^Enter a target to see/)).toBeTruthy();
    await type(/^Name/, 'Returned');
    await type(/^Target/, '80');
    await userEvent.click(create);
    const sent = requests.find(({ method }) => method === 'POST');
    expect(await sent?.json()).toMatchObject({
      name: 'Returned',
      direction: 'up',
      baseline: 0,
      target: 80,
      owner: { kind: 'user', userId: 'user_1' },
      assigneeIds: [],
    });
  });

  it('belongs to the team on whose page it is made', async () => {
    renderApp(`${own}/teams/${team.id}?tab=kpis`, asAdmin);
    await click(kpis.newKpi);
    await inDialog(kpis.newKpi, kpis.create);
    await waitFor(() => expect(screen.getByLabelText(/^Owner/)).toHaveProperty('value', `team:${team.id}`));
  });

  it.each([
    ['2026-11-30', '2026-12-31'],
    ['2026-12-15', '2027-03-31'],
    ['2026-01-01', '2026-03-31'],
    ['2024-02-01', '2024-03-31'],
  ])('made on %s ends on %s', (day, end) => {
    expect(quarterEnd(new Date(`${day}T12:00:00.000Z`))).toBe(end);
  });

  it('says in a sentence what the values come to, whatever the direction and the size', async () => {
    await open();
    const sentence = () => screen.getByText(/^(Increase from|Decrease from|Keep)/).textContent;
    const day = formatsFor('en-US').date('2030-03-31');
    const end = screen.getByLabelText(/^End date/);
    write(end, '2030-03-31');
    await type(/^Starting value/, '20');
    await type(/^Target/, '80');
    expect(sentence()).toContain(`Increase from 20 to 80 % by ${day}.`);
    await type(/^Target/, '1e12');
    expect(sentence()).toContain('Increase from 20 to 1,000,000,000,000 %');
    await userEvent.selectOptions(screen.getByRole('combobox', { name: /^Direction/ }), 'down');
    await type(/^Target/, '0.000001');
    expect(sentence()).toContain('Decrease from 20 to 0.000001 %');
    await userEvent.selectOptions(screen.getByRole('combobox', { name: /^Direction/ }), 'between');
    await type(/^Minimum/, '14');
    await type(/^Maximum/, '18');
    expect(sentence()).toContain(`Keep between 14 and 18 % until ${day}.`);
  });

  it('says at each end of a band what is wrong with it', async () => {
    const { create } = await open();
    await userEvent.selectOptions(screen.getByRole('combobox', { name: /^Direction/ }), 'between');
    await type(/^Maximum/, 'many');
    await userEvent.click(create);
    expect(said(/^Minimum/)).toContain('Enter a number');
    expect(said(/^Maximum/)).toContain('Enter a number');
  });

  it('asks about each number that could be two', async () => {
    const { create, requests } = await open();
    await type(/^Starting value/, '1.234');
    await type(/^Target/, '1,234');
    await userEvent.click(create);
    expect(said(/^Starting value/)).toContain(doubt);
    expect(said(/^Target/)).toContain(doubt);
    expect(requests.filter(({ method }) => method === 'POST')).toEqual([]);
  });

  it('begins with numbers that it takes when nobody changes them', async () => {
    const path = `/api${kpiPath}`;
    const exact = { ...kpi, baseline: 1.234, target: 12.345 };
    const requests = renderApp(kpiPath, {
      ...asAdmin,
      [`GET ${path}`]: { status: 200, body: exact },
      [`PATCH ${path}`]: { status: 200, body: exact },
    });
    await click(kpis.edit);
    await userEvent.click(await inDialog(kpis.editTitle('Shipped'), common.save));
    const sent = requests.find(({ method }) => method === 'PATCH');
    expect(await sent?.json()).toMatchObject({ baseline: 1.234, target: 12.345 });
  });
});

describe('the dialogs of check-ins', () => {
  it.each([
    ['a new one', kpis.checkInOf('Shipped'), kpis.checkInOf('Shipped'), kpis.report],
    ['a correction', kpis.correct, kpis.correctTitle, common.save],
  ])('ask about a number that could be two: %s', async (_, opens, title, sends) => {
    const requests = renderApp(kpiPath, asAdmin);
    await click(opens);
    await type(/^Value/, '1,234');
    await userEvent.click(await inDialog(title, sends));
    expect(said(/^Value/)).toContain(doubt);
    expect(requests.filter(({ method }) => method !== 'GET')).toEqual([]);
  });

  it('begin a correction with a number that is taken', async () => {
    const checkIns = `/api${kpiPath}/check-ins`;
    const exact = { ...checkIn, value: 1.234 };
    const requests = renderApp(kpiPath, {
      ...asAdmin,
      [`GET ${checkIns}`]: { status: 200, body: { items: [exact], nextCursor: null } },
      [`PATCH ${checkIns}/${checkIn.id}`]: { status: 200, body: exact },
    });
    await click(kpis.correct);
    await userEvent.click(await inDialog(kpis.correctTitle, common.save));
    const sent = requests.find(({ method }) => method === 'PATCH');
    expect(await sent?.json()).toMatchObject({ value: 1.234 });
  });

  it('name the value with its unit beside it, whatever unit that is', () => {
    expect(kpis.valueIn('per week')).toBe('Value (per week)');
    expect(german.kpis.valueIn('pro Woche')).toBe('Wert (pro Woche)');
  });
});
