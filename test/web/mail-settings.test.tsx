import { screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { wantedAddress } from '../../web/lib/own-addresses.ts';
import { english } from './support/english.ts';
import { pageReplies } from './support/every-page.ts';
import { heading, me, organizationId, refusal, renderApp } from './support/render-app.tsx';
import { kpi, own } from './support/small-organization.ts';

const { mail } = english;
const path = `/api/organizations/${organizationId}/users/user_1/mail-settings`;
const settings = {
  ...{ userId: 'user_1', reminders: true, digest: true, webhooks: true, language: 'en' },
  ...{ stopped: null, sending: 'on' },
  revision: 3,
};
const ok = (changes: object = {}) => ({ status: 200, body: { ...settings, ...changes } });

const open = async (replies: Parameters<typeof renderApp>[1]) => {
  const requests = renderApp('/account', { ...pageReplies, 'GET /api/me': me('team_member'), ...replies });
  await heading('Account');
  return requests;
};
const section = async () => within(await screen.findByRole('region', { name: mail.title }));

describe('one’s own emails', () => {
  it('are turned off and on one by one, at the state that is shown', async () => {
    const requests = await open({
      [`GET ${path}`]: ok(),
      [`PATCH ${path}`]: ok({ digest: false, revision: 4 }),
    });
    const emails = await section();
    await userEvent.click(await emails.findByRole('checkbox', { name: new RegExp(`^${mail.kinds.digest}`) }));
    await screen.findByText(mail.saved);
    const [change] = requests.filter(({ method }) => method === 'PATCH');
    expect(await change?.json()).toEqual({ digest: false });
    expect(change?.headers.get('if-match')).toBe('"3"');
  });

  it('say when they are off for all, and why none comes to an address, until it is wanted again', async () => {
    const stopped = { because: 'bounced', at: '2026-01-01T00:00:00.000Z' };
    const requests = await open({
      [`GET ${path}`]: ok({ stopped, sending: 'organization_off' }),
      [`PATCH ${path}`]: ok(),
    });
    const emails = await section();
    expect(await emails.findByText(mail.sending.organization_off)).toBeTruthy();
    expect(emails.getByRole('alert').textContent).toContain(mail.stopped.because.bounced);
    await userEvent.click(emails.getByRole('button', { name: mail.stopped.resume }));
    await waitFor(() => expect(requests.some(({ method }) => method === 'PATCH')).toBe(true));
    expect(await requests.find(({ method }) => method === 'PATCH')?.json()).toEqual({ stopped: null });
  });

  it('stay as they are when a change is refused, and say so', async () => {
    await open({ [`GET ${path}`]: ok(), [`PATCH ${path}`]: refusal(412, 'stale', 'This has changed.') });
    const emails = await section();
    const reminders = await emails.findByRole('checkbox', { name: new RegExp(`^${mail.kinds.reminders}`) });
    await userEvent.click(reminders);
    expect(await screen.findByRole('alert')).toBeTruthy();
    await waitFor(() => expect(reminders).toHaveProperty('checked', true));
  });
});

it('the link of a reminder opens the form of its KPI', async () => {
  renderApp(`${own}/kpis/${kpi.id}?dialog=check-in`, { ...pageReplies, 'GET /api/me': me('org_admin') });
  expect(await screen.findByRole('dialog', { name: new RegExp(kpi.name) })).toBeTruthy();
});

it.each([
  [
    '?to=%2Forganizations%2Forg_1%2Fkpis%2Fkpi_1%3Fdialog%3Dcheck-in',
    '/organizations/org_1/kpis/kpi_1?dialog=check-in',
  ],
  ['?to=https%3A%2F%2Fevil.example', '/'],
  ['?to=%2F%2Fevil.example', '/'],
  ['?to=%2F%5Cevil.example', '/'],
  ['', '/'],
])('who signs in is led to the page of ours that they wanted: %s', (search, address) => {
  expect(wantedAddress(search)).toBe(address);
});
