import { screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { heading, me, organization, organizationId, refusal, renderApp } from './support/render-app.tsx';

const asSuperAdmin = { 'GET /api/me': me('super_admin') };

describe('the form for a new organization', () => {
  const open = async (reply: Parameters<typeof renderApp>[1][string]) => {
    const requests = renderApp('/admin/organizations/new', {
      ...asSuperAdmin,
      'POST /api/admin/organizations': reply,
      [`GET /api/admin/organizations/${organizationId}`]: { status: 200, body: organization('Lighthouse') },
    });
    await heading('New organization');
    return requests;
  };
  const fill = async () => {
    await userEvent.type(screen.getByRole('textbox', { name: 'Name' }), 'Lighthouse');
    await userEvent.type(screen.getByRole('textbox', { name: 'Contact name' }), 'Cora');
    await userEvent.type(screen.getByRole('textbox', { name: 'Contact email' }), 'cora@example.com');
  };
  const fillAll = async () => {
    await fill();
    await userEvent.click(screen.getByRole('checkbox', { name: 'Same as contact' }));
    await userEvent.type(screen.getByRole('textbox', { name: 'Admin name' }), 'Ada');
    await userEvent.type(screen.getByRole('textbox', { name: 'Admin email' }), 'Ada@Example.com');
  };
  const submit = () => userEvent.click(screen.getByRole('button', { name: 'Create and invite' }));

  it('sends nothing until every field is right, and says at each what is wrong', async () => {
    const requests = await open({ status: 500 });
    await submit();
    expect((await screen.findAllByText('Required')).length).toBe(3);
    expect(requests.filter(({ method }) => method === 'POST')).toEqual([]);
  });

  it('creates the organization and goes there', async () => {
    const requests = await open({ status: 201, body: organization('Lighthouse') });
    await fillAll();
    await submit();
    expect(await heading('Lighthouse')).toBeTruthy();
    const post = requests.find(({ method }) => method === 'POST');
    expect(await post?.json()).toMatchObject({
      name: 'Lighthouse',
      firstAdmin: { email: 'ada@example.com' },
    });
  });

  it('leads to the first field that is wrong, in the order of the page', async () => {
    await open({ status: 500 });
    await submit();
    expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Name' }));
    await userEvent.type(screen.getByRole('textbox', { name: 'Name' }), 'Lighthouse');
    await submit();
    expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Contact name' }));
  });

  it('leads to the first field that the server refuses', async () => {
    const wrong = (path: string) => ({ path, message: 'Required' });
    await open(
      refusal(422, 'invalid', 'Some fields are missing or not valid.', [
        wrong('firstAdmin.email'),
        wrong('contactPerson.email'),
      ]),
    );
    await fillAll();
    await submit();
    const email = screen.getByRole('textbox', { name: 'Contact email' });
    await waitFor(() => expect(document.activeElement).toBe(email));
  });

  it('takes the contact as the first admin unless told otherwise', async () => {
    const requests = await open({ status: 201, body: organization('Lighthouse') });
    expect(screen.queryByRole('textbox', { name: 'Admin name' })).toBeNull();
    await fill();
    await submit();
    await heading('Lighthouse');
    const post = requests.find(({ method }) => method === 'POST');
    expect(await post?.json()).toMatchObject({ firstAdmin: { name: 'Cora', email: 'cora@example.com' } });
  });

  it('says at the contact what the server refuses of the first admin who is the same', async () => {
    const message = 'This person is invited already.';
    await open(refusal(409, 'already_exists', message, [{ path: 'firstAdmin.email', message }]));
    await fill();
    await submit();
    expect(await screen.findByText(message)).toBeTruthy();
    const email = screen.getByRole('textbox', { name: 'Contact email' });
    await waitFor(() => expect(document.activeElement).toBe(email));
  });

  it('puts a refusal of the server at its field and keeps what was typed', async () => {
    const message = 'An organization with this name already exists.';
    await open(refusal(409, 'already_exists', message, [{ path: 'name', message }]));
    await fill();
    await submit();
    expect(await screen.findByText(message)).toBeTruthy();
    expect(screen.getByRole('textbox', { name: 'Contact name' })).toHaveProperty('value', 'Cora');
  });

  it('says so when the server can’t be reached, and keeps what was typed', async () => {
    await open(() => {
      throw new TypeError('fetch failed');
    });
    await fill();
    await submit();
    expect((await screen.findByRole('alert')).textContent).toContain('Can’t reach the server');
    expect(screen.getByRole('textbox', { name: 'Name' })).toHaveProperty('value', 'Lighthouse');
  });
});
