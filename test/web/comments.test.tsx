import '../../web/lib/zod-without-eval.ts';
import { screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { CommentId } from '../../domain/comment/comment.schema.ts';
import { loadTexts } from '../../web/text/catalogue.ts';
import { english } from './support/english.ts';
import { me, type Replies, refusal, renderApp } from './support/render-app.tsx';
import { everything, kpi, own } from './support/small-organization.ts';

const german = await loadTexts('de');
const { comments, kpis } = english;
const one = `/api${own}/kpis/${kpi.id}`;
const page = `${own}/kpis/${kpi.id}`;
const at = '2026-01-01T00:00:00.000Z';
const said = (number: number, by: string, rest: object = {}) => ({
  id: CommentId.parse(`comment_0000000000000000000000000${number}`),
  ...{ kpiId: kpi.id, text: `Text ${number}`, by, byName: 'Ada', revision: 1, createdAt: at, updatedAt: at },
  ...rest,
});
const mine = said(1, 'user_1', { revision: 2 });
const theirs = said(2, 'user_2', { byName: undefined, text: 'مرحبا\nالسطر الثاني' });
const supports = said(3, 'user_sofia', { byName: undefined, bySupport: true });
const asAdmin: Replies = {
  ...everything,
  'GET /api/me': me('org_admin'),
  [`GET ${one}/comments`]: { status: 200, body: { items: [theirs, mine], nextCursor: null } },
};
const writes = (requests: readonly Request[]) => requests.filter(({ method }) => method !== 'GET');

describe('the comments on a KPI', () => {
  it('show who wrote them and that they were edited; one edits one’s own, and an admin deletes any', async () => {
    renderApp(`${page}?tab=comments`, asAdmin);
    const list = await screen.findByRole('list', { name: comments.all });
    const [first, second] = within(list).getAllByRole('listitem');
    expect(first?.textContent).toContain(kpis.formerMember);
    expect(second?.textContent).toContain(comments.edited);
    const edits = within(list).getAllByRole('button', { name: comments.edit });
    expect(edits).toHaveLength(1);
    expect(within(list).getAllByRole('button', { name: comments.delete })).toHaveLength(2);
  });

  it('say of one by the platform’s people that support wrote it', async () => {
    const body = { items: [supports], nextCursor: null };
    renderApp(`${page}?tab=comments`, { ...asAdmin, [`GET ${one}/comments`]: { status: 200, body } });
    const list = await screen.findByRole('list', { name: comments.all });
    expect(list.textContent).toContain(english.audit.actors.support);
    expect(list.textContent).not.toContain(kpis.formerMember);
  });

  it('get one more, sent once, and the form is empty again; one that is refused stays', async () => {
    let isRefused = true;
    const requests = renderApp(`${page}?tab=comments`, {
      ...asAdmin,
      [`POST ${one}/comments`]: () =>
        isRefused ? refusal(500, 'internal', 'Something went wrong') : { status: 201, body: mine },
    });
    const field = await screen.findByRole('textbox', { name: comments.label });
    await userEvent.click(screen.getByRole('button', { name: comments.add }));
    expect(writes(requests)).toHaveLength(0);
    await userEvent.type(field, 'A word on this');
    await userEvent.click(screen.getByRole('button', { name: comments.add }));
    await screen.findByRole('alert');
    expect(field).toHaveProperty('value', 'A word on this');
    isRefused = false;
    await userEvent.click(screen.getByRole('button', { name: comments.add }));
    await waitFor(() =>
      expect(screen.getByRole('textbox', { name: comments.label })).toHaveProperty('value', ''),
    );
    expect(await writes(requests).at(-1)?.clone().json()).toEqual({ text: 'A word on this' });
  });

  it('are edited at the revision that was read', async () => {
    const requests = renderApp(`${page}?tab=comments`, {
      ...asAdmin,
      [`PATCH ${one}/comments/${mine.id}`]: { status: 200, body: mine },
    });
    const list = await screen.findByRole('list', { name: comments.all });
    await userEvent.click(within(list).getByRole('button', { name: comments.edit }));
    const field = await screen.findByRole('textbox', { name: comments.text });
    await userEvent.clear(field);
    await userEvent.type(field, 'Better');
    await userEvent.click(screen.getByRole('button', { name: english.common.save }));
    await waitFor(() => expect(writes(requests)).toHaveLength(1));
    expect(writes(requests)[0]?.headers.get('if-match')).toBe('"2"');
  });

  it('say in German that there are none yet', async () => {
    const none = {
      ...asAdmin,
      [`GET ${one}/comments`]: { status: 200, body: { items: [], nextCursor: null } },
    };
    renderApp(`${page}?tab=comments`, none, { language: { language: 'de', texts: german } });
    expect(await screen.findByText(german.comments.none)).toBeTruthy();
  });
});

describe('the confidence in a KPI', () => {
  const confidence = { level: 'at_risk', note: 'Two wards are closed.', by: 'user_1', byName: 'Ada', at };

  it('stands beside the status with its sentence and who said it, and is said anew', async () => {
    const requests = renderApp(page, {
      ...asAdmin,
      [`GET ${one}`]: { status: 200, body: { ...kpi, confidence } },
      [`POST ${one}/confidence`]: { status: 200, body: kpi },
    });
    expect(await screen.findByText('Two wards are closed.')).toBeTruthy();
    expect(screen.getByText(kpis.statuses.at_risk)).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: kpis.confidence.change }));
    await userEvent.selectOptions(await screen.findByRole('combobox', { name: kpis.confidence.name }), '');
    await userEvent.clear(screen.getByRole('textbox', { name: kpis.confidence.note }));
    await userEvent.click(screen.getByRole('button', { name: english.common.save }));
    await waitFor(() => expect(writes(requests)).toHaveLength(1));
    expect(await writes(requests)[0]?.clone().json()).toEqual({ level: null });
  });

  it('has a column of the list once a KPI has one', async () => {
    const body = { items: [{ ...kpi, confidence }], nextCursor: null };
    renderApp(`${own}/kpis`, { ...asAdmin, [`GET /api${own}/kpis`]: { status: 200, body } });
    const row = await screen.findByRole('row', { name: new RegExp(kpi.name) });
    expect(within(row).getByText(kpis.statuses.at_risk)).toBeTruthy();
  });

  it('takes no room in the list before', async () => {
    renderApp(`${own}/kpis`, asAdmin);
    await screen.findByRole('row', { name: new RegExp(kpi.name) });
    expect(screen.queryByRole('columnheader', { name: kpis.confidence.name })).toBeNull();
  });
});
