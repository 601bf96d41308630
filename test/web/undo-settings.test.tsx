import { screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { rememberOwnChange } from '../../web/lib/own-changes.ts';
import { english } from './support/english.ts';
import {
  heading,
  me,
  organization,
  organizationId,
  type Replies,
  refusal,
  renderApp,
} from './support/render-app.tsx';
import { everything } from './support/small-organization.ts';
import { write } from './support/submits/submit.ts';

const path = `/organizations/${organizationId}/settings`;
const api = `/api/organizations/${organizationId}`;

const open = async (replies: Replies) => {
  renderApp(path, { ...everything, 'GET /api/me': me('org_admin'), ...replies });
  await heading('Settings');
};
const phone = () => screen.findByRole('textbox', { name: 'Contact phone' });
const save = () => userEvent.click(screen.getByRole('button', { name: 'Save' }));
const contact = { name: 'Cora', email: 'cora@example.com' };

/** Stored settings, by the revision that a change is based on; other users change them in between. */
function storing() {
  const patches: unknown[] = [];
  const world = { stored: { ...organization('Lighthouse'), allowedDomains: [], revision: 1 }, patches };
  const replies: Replies = {
    [`GET ${api}`]: () => ({ status: 200, body: world.stored }),
    [`PATCH ${api}`]: async (request) => {
      if (request.headers.get('if-match') !== `"${world.stored.revision}"`)
        return refusal(412, 'stale', 'It was changed.');
      const change = await request.clone().json();
      world.patches.push(change);
      world.stored = { ...world.stored, ...change, revision: world.stored.revision + 1 };
      return { status: 200, body: world.stored };
    },
  };
  return { world, replies };
}

const domains = () => screen.findByRole('textbox', { name: /^Allowed email domains/ });
const undos = () => screen.findAllByRole('button', { name: 'Undo' });

describe('Undo after two saves', () => {
  /** Saves a phone number, then a domain; returns the undo of both, in this order. */
  async function saveTwice() {
    const { world, replies } = storing();
    await open(replies);
    write(await phone(), '123');
    await save();
    await undos();
    write(await domains(), 'one.example');
    await save();
    await waitFor(async () => expect(await undos()).toHaveLength(2));
    return { world, ways: await undos() };
  }

  it('of the first takes back the first only, and asks nothing', async () => {
    const { world, ways } = await saveTwice();
    await userEvent.click(ways[0] ?? document.body);
    await waitFor(() => expect(world.patches).toHaveLength(3));
    expect(world.patches[2]).toEqual({ contactPerson: contact });
    expect(world.stored.allowedDomains).toEqual(['one.example']);
    await waitFor(async () => expect(await phone()).toHaveProperty('value', ''));
    expect(await domains()).toHaveProperty('value', 'one.example');
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('of both, the first first, is as it was', async () => {
    const { world, ways } = await saveTwice();
    for (const way of ways) await userEvent.click(way);
    await waitFor(() => expect(world.patches).toHaveLength(4));
    expect(world.stored).toMatchObject({ contactPerson: contact, allowedDomains: [] });
  });

  it('leaves what is typed and not saved yet', async () => {
    const { world, ways } = await saveTwice();
    write(await domains(), 'one.example\ntwo.example');
    await userEvent.click(ways[0] ?? document.body);
    await waitFor(() => expect(world.patches).toHaveLength(3));
    await waitFor(async () => expect(await phone()).toHaveProperty('value', ''));
    expect(await domains()).toHaveProperty('value', 'one.example\ntwo.example');
  });

  it('shows both versions where somebody has changed the same since', async () => {
    const { world, ways } = await saveTwice();
    world.stored = { ...world.stored, contactPerson: { ...contact, name: 'Theo' }, revision: 9 };
    await userEvent.click(ways[0] ?? document.body);
    const dialog = within(await screen.findByRole('dialog', { name: english.shell.conflict.title }));
    expect(dialog.getAllByRole('row').map(({ textContent }) => textContent)).toEqual([
      'FieldYoursCurrent',
      'ContactCoraTheo',
    ]);
    await userEvent.click(dialog.getByRole('button', { name: 'Discard mine' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(world.patches).toHaveLength(2);
    expect(await screen.findByDisplayValue('Theo')).toBeTruthy();
  });

  it('is offered only for the last save of the same setting', async () => {
    const { world, replies } = storing();
    await open(replies);
    write(await phone(), '1');
    await save();
    await undos();
    write(await phone(), '12');
    await save();
    await waitFor(() => expect(world.patches).toHaveLength(2));
    await waitFor(async () => expect(await undos()).toHaveLength(1));
    for (const way of await undos()) await userEvent.click(way);
    await waitFor(() => expect(world.stored.contactPerson).toMatchObject({ phone: '1' }));
  });

  it('is offered no more on another page', async () => {
    await saveTwice();
    await userEvent.click(screen.getByRole('link', { name: 'Teams' }));
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Undo' })).toBeNull());
  });
});

describe('a change that comes after another of the same setting', () => {
  it('says so where it was oneself, in another tab, and shows both versions', async () => {
    const { world, replies } = storing();
    await open(replies);
    write(await phone(), '123');
    const contactPerson = { ...contact, phone: '456' };
    world.stored = { ...world.stored, revision: 2, contactPerson };
    rememberOwnChange(world.stored, '');
    await save();
    const dialog = within(await screen.findByRole('dialog', { name: english.shell.conflict.ownTitle }));
    expect(dialog.getAllByRole('row')).toHaveLength(2);
  });
});
