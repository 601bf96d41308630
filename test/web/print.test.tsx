import { screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { pageReplies } from './support/every-page.ts';
import { heading, me, organizationId, renderApp } from './support/render-app.tsx';
import { own, team } from './support/small-organization.ts';

const print = vi.fn();
afterEach(() => {
  print.mockReset();
});

const scheme = () => document.documentElement.getAttribute('data-mantine-color-scheme');

describe('a report', () => {
  it.each([
    ['an organization, for the super admin', 'super_admin', `/admin${own}`, 'Lighthouse'],
    ['an organization’s analytics', 'org_admin', `${own}/analytics`, 'Analytics'],
    ['a team', 'org_admin', `${own}/teams/${team.id}?tab=analytics`, team.name],
  ] as const)('of %s is printed by a button', async (_, role, path, title) => {
    vi.stubGlobal('print', print);
    renderApp(path, { ...pageReplies, 'GET /api/me': me(role) });
    await heading(title);
    await userEvent.click(await screen.findByRole('button', { name: 'Print report' }));
    expect(print).toHaveBeenCalledOnce();
  });

  it('says on paper whose it is and when it was printed', async () => {
    renderApp(`${own}/analytics`, { ...pageReplies, 'GET /api/me': me('org_admin') });
    await heading('Analytics');
    const header = document.querySelector('.print-header');
    expect(header?.textContent).toMatch(/^LighthousePrinted .*20\d\d/);
  });

  it('names the organization that a super admin visits', async () => {
    renderApp(`/organizations/${organizationId}/analytics`, {
      ...pageReplies,
      'GET /api/me': me('super_admin'),
    });
    await heading('Analytics');
    expect(document.querySelector('.print-header')?.textContent).toContain('Lighthouse');
  });

  it('is light on paper, whichever theme is on', async () => {
    renderApp(`${own}/analytics`, { ...pageReplies, 'GET /api/me': me('org_admin') });
    await heading('Analytics');
    document.documentElement.setAttribute('data-mantine-color-scheme', 'dark');
    window.dispatchEvent(new Event('beforeprint'));
    expect(scheme()).toBe('light');
    window.dispatchEvent(new Event('afterprint'));
    expect(scheme()).toBe('dark');
  });
});
