import { screen, waitFor, within } from '@testing-library/react';
import type { FeedAuditEntry } from '../../../domain/audit/audit.schema.ts';
import { english } from './english.ts';
import { me, organizationId, renderApp } from './render-app.tsx';
import { everything } from './small-organization.ts';

const { audit } = english;
export const timestamp = '2026-01-02T03:04:05.000Z';

/** An entry of the audit log. */
export const entry = (changes: Partial<FeedAuditEntry>): FeedAuditEntry => ({
  id: `entry ${changes.action}`,
  organizationId,
  userId: 'user_1',
  actorName: 'Ada Lovelace',
  role: 'org_admin',
  action: 'user.role-changed',
  resource: 'user/user_2',
  details: { before: null, after: null, changed: [] },
  changes: [],
  timestamp,
  organizationName: 'Lighthouse',
  schemaVersion: 1,
  ...changes,
});

/** An item's previous state. */
export const image = (fields: object) => ({ organizationId, revision: 1, ...fields });

/** The URL of the log. */
export const own = `/organizations/${organizationId}/audit`;

/** Opens an organization's log with these entries; returns its requests as they are made. */
export function openTrail(
  items: readonly FeedAuditEntry[] = [entry({})],
  names: object = {},
  path: string = own,
): readonly string[] {
  const asked: string[] = [];
  renderApp(path, {
    ...everything,
    'GET /api/me': me('org_admin'),
    [`GET /api${own}`]: ({ url }) => {
      asked.push(new URL(url).search);
      return { status: 200, body: { items, names, nextCursor: null } };
    },
  });
  return asked;
}

/** The list of entries. */
export const entries = async () => within(await screen.findByRole('list', { name: audit.entries }));

const described = (button: HTMLElement) =>
  document.querySelector(`#${CSS.escape(button.getAttribute('aria-describedby') ?? '')}`)?.textContent ?? '';

/** The sentences of the rows, once their text is loaded. */
export async function told(): Promise<string[]> {
  const list = await entries();
  return await waitFor(() => {
    const sentences = list.getAllByRole('button', { name: audit.details }).map(described);
    if (sentences.includes('')) throw new Error('the words are still being loaded');
    return sentences;
  });
}
