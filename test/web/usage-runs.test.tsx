import { fireEvent, screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { me, refusal, renderApp } from './support/render-app.tsx';

const requestedAt = new Date().toISOString();
const asked = { period: 'hour', due: requestedAt.slice(0, 13), date: requestedAt.slice(0, 10), shards: 2 };
const run = (shard: number, status: string, finishedAt: string) => ({
  ...{ due: asked.due, period: 'hour', shard, date: asked.date, status, finishedAt },
  ...{ attempts: 1, organizations: 3, failures: 0, failed: [], startedAt: requestedAt },
});
const early = '2020-01-01T00:00:00.000Z';
const late = new Date(Date.now() + 60_000).toISOString();

/** The page with this list of runs; starting some is answered with `reply`. */
function open(items: () => object[], reply: object = { status: 202, body: { ...asked, requestedAt } }) {
  return renderApp('/admin/usage', {
    'GET /api/me': me('super_admin'),
    'GET /api/admin/usage/runs': () => ({ status: 200, body: { items: items() } }),
    'POST /api/admin/usage/runs': { status: 202, ...reply },
  });
}
const runNow = () => screen.findByRole('button', { name: 'Run now' });
const said = (text: RegExp) => screen.findByText(text);

describe('running the usage computation now', () => {
  it('counts only what has finished since, and can’t be started twice meanwhile', async () => {
    const requests = open(() => [run(0, 'done', late), run(1, 'done', early)]);
    await userEvent.click(await runNow());
    expect(await said(/1 of 2 shards done/)).toBeTruthy();
    expect(await runNow()).toHaveProperty('disabled', true);
    const posts = requests.filter(({ method }) => method === 'POST');
    expect(await Promise.all(posts.map((request) => request.json()))).toEqual([{ period: 'hour' }]);
  });

  it('says when all is done, and when something failed', async () => {
    let last = 'done';
    open(() => [run(0, 'done', late), run(1, last, late)]);
    await userEvent.click(await runNow());
    expect(await said(/The figures are up to date/)).toBeTruthy();
    last = 'failed';
    await userEvent.click(await runNow());
    expect(await said(/errors in 1 shard/)).toBeTruthy();
  });

  it('fills days that were missed, and follows the jobs of these days', async () => {
    const day = { from: '2026-11-20', to: '2026-11-21' };
    const answer = { period: 'day', due: '2026-11-22', from: day.from, date: day.to, shards: 2, requestedAt };
    const filled = {
      ...run(0, 'done', late),
      period: 'day',
      due: '2026-11-21',
      date: day.from,
      uncertain: 1,
    };
    const requests = open(() => [filled], { status: 202, body: answer });
    await userEvent.click(await screen.findByRole('button', { name: 'Fill missed days' }));
    const dialog = within(await screen.findByRole('dialog'));
    // The dialog offers as many days as a request may contain.
    for (const label of [/From/, /To/])
      fireEvent.change(dialog.getByLabelText(label), { target: { value: '' } });
    await userEvent.click(dialog.getByRole('button', { name: 'Fill days' }));
    expect(await dialog.findAllByText(/required/i)).toHaveLength(2);
    fireEvent.change(dialog.getByLabelText(/From/), { target: { value: day.to } });
    fireEvent.change(dialog.getByLabelText(/To/), { target: { value: day.from } });
    await userEvent.click(dialog.getByRole('button', { name: 'Fill days' }));
    expect(await dialog.findByText('Must be on or after the start')).toBeTruthy();
    fireEvent.change(dialog.getByLabelText(/From/), { target: { value: day.from } });
    fireEvent.change(dialog.getByLabelText(/To/), { target: { value: day.to } });
    await userEvent.click(dialog.getByRole('button', { name: 'Fill days' }));
    expect(await said(/1 of 2 shards done/)).toBeTruthy();
    const [post] = requests.filter(({ method }) => method === 'POST');
    expect(await post?.json()).toEqual({ period: 'day', ...day });
    expect(requests.some(({ url }) => url.includes('from=2026-11-20&to=2026-11-21'))).toBe(true);
    expect((await screen.findAllByText('3 (1 with later figures)')).length).toBeGreaterThan(0);
  });

  it('says when no day was missed', async () => {
    const answer = { period: 'day', due: '2026-11-22', from: '2026-11-20', date: '2026-11-21', shards: 0 };
    open(() => [], { status: 202, body: { ...answer, requestedAt } });
    await userEvent.click(await screen.findByRole('button', { name: 'Fill missed days' }));
    const dialog = within(await screen.findByRole('dialog'));
    fireEvent.change(dialog.getByLabelText(/From/), { target: { value: '2026-11-20' } });
    fireEvent.change(dialog.getByLabelText(/To/), { target: { value: '2026-11-21' } });
    await userEvent.click(dialog.getByRole('button', { name: 'Fill days' }));
    expect(await said(/No days were missed/)).toBeTruthy();
  });

  it('says when it could not be started', async () => {
    open(() => [], refusal(403, 'forbidden', 'Only super admins of the platform can do this.'));
    await userEvent.click(await runNow());
    expect(await said(/Only super admins/)).toBeTruthy();
  });
});
