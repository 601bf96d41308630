import { screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import type { FeedAuditEntry } from '../../domain/audit/audit.schema.ts';
import { PLATFORM } from '../../domain/ids.ts';
import { itemKinds } from '../../domain/nouns.ts';
import { english } from '../../web/text/catalogue.ts';
import { me, organization, organizationId, renderApp } from './support/render-app.tsx';
import { colleague, everything, kpi, team } from './support/small-organization.ts';

const { audit, trail } = english;
const timestamp = '2026-01-02T03:04:05.000Z';

const entry = (changes: Partial<FeedAuditEntry>): FeedAuditEntry => ({
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
const page = (...items: FeedAuditEntry[]) => ({ status: 200, body: { items, nextCursor: null } });
const own = `/organizations/${organizationId}/audit`;

/** Opens an organization's trail of these entries; gives what it is asked for, as it comes. */
function openTrail(items: readonly FeedAuditEntry[] = [entry({})], names = {}, path = own): readonly string[] {
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

const entries = async () => within(await screen.findByRole('list', { name: audit.entries }));
/** The rows as one reads them, each without its time. */
const sentences = async () => {
  const list = await entries();
  await list.findAllByRole('button', { name: audit.details });
  return list
    .getAllByRole('button', { name: audit.details })
    .map((button) => document.querySelector(`#${CSS.escape(button.getAttribute('aria-describedby') ?? '')}`))
    .map((sentence) => sentence?.textContent);
};
const told = async (...expected: string[]) =>
  await waitFor(async () => expect(await sentences()).toEqual(expected));
