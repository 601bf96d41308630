import { fireEvent, screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { english } from './support/english.ts';
import { pageReplies } from './support/every-page.ts';
import { heading, me, renderApp } from './support/render-app.tsx';
import { own } from './support/small-organization.ts';

const { dates } = english.common;
const field = async (name: 'from' | 'to') => await screen.findByLabelText(dates[name]);
const choose = async (name: 'from' | 'to', value: string) =>
  void fireEvent.change(await field(name), { target: { value } });

/** A date range input, by its parameters. */
const places = [
  ['the audit trail', 'org_admin', `${own}/audit`, `/api${own}/audit`],
  ['the audit of all organizations', 'super_admin', '/admin/audit', '/api/admin/audit'],
  ['the figures of an organization', 'org_admin', `${own}/analytics`, `/api${own}/analytics`],
  ['the figures of the platform', 'super_admin', '/admin/analytics', '/api/admin/analytics/trends'],
] as const;

describe.each(places)('the period of %s', (_, role, path, api) => {
  /** The requested periods. */
  async function openPage(search: string) {
    const requests = renderApp(`${path}${search}`, { ...pageReplies, 'GET /api/me': me(role) });
    await heading(/./);
    return () =>
      requests
        .map(({ url }) => new URL(url))
        .filter(({ pathname }) => pathname === api)
        .map(({ searchParams }) => [searchParams.get('from'), searchParams.get('to')]);
  }
  const open = async (search: string) => {
    const asked = await openPage(search);
    await field('to');
    return asked;
  };
  const may = '?from=2026-05-01&to=2026-05-31';

  it('says at the field that it ends before it begins, and asks for nothing until it doesn’t', async () => {
    const asked = await open(may);
    await waitFor(() => expect(asked().at(-1)).toEqual(['2026-05-01', '2026-05-31']));
    const before = asked().length;
    await choose('to', '2026-04-30');
    expect(await screen.findByText(dates.endsBefore)).toBeTruthy();
    expect(screen.queryByRole('alert')).toBeNull();
    expect(asked()).toHaveLength(before);
    await choose('from', '2026-04-01');
    await waitFor(() => expect(asked().at(-1)).toEqual(['2026-04-01', '2026-04-30']));
    expect(screen.queryByText(dates.endsBefore)).toBeNull();
  });

  it('says at the field that it begins after it ends', async () => {
    const asked = await open(may);
    await choose('from', '2026-06-01');
    expect(await screen.findByText(dates.beginsAfter)).toBeTruthy();
    await choose('to', '2026-06-30');
    await waitFor(() => expect(asked().at(-1)).toEqual(['2026-06-01', '2026-06-30']));
  });

  it('doesn’t ask for the years through which one types', async () => {
    const asked = await open(may);
    await choose('to', '0002-06-30');
    expect(screen.queryByText(dates.outside)).toBeNull();
    fireEvent.blur(await field('to'));
    expect(await screen.findByText(dates.outside)).toBeTruthy();
    expect(asked().flat()).not.toContain('0002-06-30');
  });

  it.each(['?from=2026-05-31&to=2026-05-01', '?from=1800-01-01&to=9999-12-31', '?from=soon&to=2026-02-30'])(
    'is as good as not chosen where the address has %s',
    async (search) => {
      const asked = await openPage(search);
      await waitFor(() => expect(asked()).not.toEqual([]));
      const wrong = new URLSearchParams(search);
      expect(asked().flat()).not.toContain(wrong.get('from'));
      expect(screen.queryByRole('alert')).toBeNull();
    },
  );
});

it('of figures is a year at most, which the field says', async () => {
  renderApp(`${own}/analytics?from=2026-05-01&to=2026-05-31`, {
    ...pageReplies,
    'GET /api/me': me('org_admin'),
  });
  await choose('from', '2024-05-01');
  expect(await screen.findByText(dates.tooLong)).toBeTruthy();
});
