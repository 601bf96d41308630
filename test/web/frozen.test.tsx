import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { english } from './support/english.ts';
import { pageReplies } from './support/every-page.ts';
import { heading, me, organizationId, renderApp } from './support/render-app.tsx';
import { kpi, own } from './support/small-organization.ts';

const { departures, home, kpis } = english;
const frozen = { frozenAt: '2026-01-02T03:04:05.000Z', deletionFrom: '2026-02-01T03:04:05.000Z' };
const summary = { id: organizationId, name: 'Lighthouse', status: 'active', ...frozen };

/** A page of a frozen organization, for one of its admins or for a visiting super admin. */
function open(path: string, role: 'org_admin' | 'super_admin') {
  const body = {
    ...Object(Object(me(role)).body),
    ...(role === 'org_admin' ? { organization: summary } : {}),
  };
  return renderApp(path, {
    ...pageReplies,
    [`GET /api${own}`]: { status: 200, body: summary },
    'GET /api/me': { status: 200, body },
  });
}

const buttons = () =>
  within(screen.getByRole('main'))
    .queryAllByRole('button')
    .map(({ textContent }) => textContent);

describe('an organization that is leaving', () => {
  it('says so to its admins, with the way to their data, and offers no change', async () => {
    open(`${own}/kpis/${kpi.id}`, 'org_admin');
    await heading(kpi.name);
    expect(await screen.findByText(departures.notice('Feb 1, 2026'))).toBeTruthy();
    expect(screen.getByRole('link', { name: departures.ownExport })).toBeTruthy();
    for (const change of [kpis.edit, kpis.delete, kpis.checkIn, kpis.confidence.set])
      expect(buttons()).not.toContain(change);
  });

  it('offers a super admin nothing to create either', async () => {
    open(`${own}/kpis`, 'super_admin');
    expect(await screen.findByText(departures.visitNotice('Feb 1, 2026'))).toBeTruthy();
    await screen.findByRole('link', { name: kpi.name });
    for (const change of [kpis.newKpi, kpis.imports.open, kpis.checkIn])
      expect(buttons()).not.toContain(change);
  });

  it('is no longer to be set up', async () => {
    open(own, 'org_admin');
    await heading('Lighthouse');
    expect(await screen.findByText(departures.notice('Feb 1, 2026'))).toBeTruthy();
    expect(screen.queryByRole('heading', { name: home.setup })).toBeNull();
  });

  it('says so to a super admin who visits it, with the way to its offboarding', async () => {
    open(`${own}/kpis/${kpi.id}`, 'super_admin');
    await heading(kpi.name);
    expect(await screen.findByText(departures.visitNotice('Feb 1, 2026'))).toBeTruthy();
    const link = screen.getByRole('link', { name: departures.see });
    expect(link.getAttribute('href')).toBe(`/admin/departures/${organizationId}`);
    for (const change of [kpis.edit, kpis.delete, kpis.checkIn]) expect(buttons()).not.toContain(change);
  });
});
