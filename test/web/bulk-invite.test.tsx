import { screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { fieldError } from '../../domain/field-errors.ts';
import { loadTexts } from '../../web/text/catalogue.ts';
import { me, organizationId, renderApp } from './support/render-app.tsx';
import { everything } from './support/small-organization.ts';

const german = await loadTexts('de');

const { people } = german;
const own = `/organizations/${organizationId}/invitations`;

describe('the result of many invitations', () => {
  it('says of each line in the reader’s language which part isn’t right', async () => {
    const fields = [fieldError('email', 'not_an_email_address'), fieldError('name', 'empty')];
    const result = {
      index: 0,
      email: 'flo',
      status: 'refused',
      code: 'validation_failed',
      message: 'x',
      fields,
    };
    renderApp(
      own,
      {
        ...everything,
        'GET /api/me': me('org_admin'),
        [`POST /api${own}/bulk`]: { status: 200, body: { results: [result] } },
      },
      { language: { language: 'de', texts: german } },
    );
    await userEvent.click(await screen.findByRole('button', { name: people.inviteMany }));
    await userEvent.type(await screen.findByLabelText(people.bulk.label), 'flo@example.com');
    await userEvent.click(screen.getByRole('button', { name: people.bulk.send(1) }));
    expect(
      await screen.findByText('E-Mail: Geben Sie eine gültige E-Mail-Adresse ein; Name: Pflichtfeld'),
    ).toBeTruthy();
  });
});

describe('a pasted list', () => {
  it('is shown before it is sent: who was found, what was left out and why, and only who was found is invited', async () => {
    const bodies: unknown[] = [];
    renderApp(
      own,
      {
        ...everything,
        'GET /api/me': me('org_admin'),
        [`POST /api${own}/bulk`]: async (request) => {
          bodies.push(await request.json());
          return { status: 200, body: { results: [] } };
        },
      },
      { language: { language: 'de', texts: german } },
    );
    await userEvent.click(await screen.findByRole('button', { name: people.inviteMany }));
    await userEvent.click(await screen.findByLabelText(people.bulk.label));
    await userEvent.paste(
      "A O'B <a.o'b@example.com>; ben@example.com\nEveryone\nben@example.com\nflo@localhost",
    );
    const found = await screen.findByRole('list', { name: people.bulk.found(2) });
    expect(within(found).getByText("a.o'b@example.com")).toBeTruthy();
    const left = screen.getByRole('list', { name: people.bulk.leftOut(3) });
    for (const text of ['Everyone', 'flo@localhost', ...Object.values(people.bulk.reasons).slice(0, 3)])
      expect(within(left).getByText(text)).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: people.bulk.send(2) }));
    await screen.findByRole('button', { name: people.bulk.again });
    expect(bodies).toEqual([
      {
        invitations: [
          { name: "A O'B", email: "a.o'b@example.com", role: 'team_member' },
          { name: 'Ben', email: 'ben@example.com', role: 'team_member' },
        ],
      },
    ]);
  });
});
