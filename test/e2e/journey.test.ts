import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWorld, type Visitor, type World } from './support/world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.stop());

/** Accepts the newest invitation of an address by the mail in the outbox, as a person does. */
async function acceptByMail({ page }: Visitor, name: string, email: string): Promise<void> {
  await page.goto(`${world.product.origin}/clerk/outbox?to=${encodeURIComponent(email)}`);
  await page
    .getByRole('link', { name: /accept/i })
    .first()
    .click();
  await page.getByLabel('Your name').fill(name);
  await page.getByRole('button', { name: /accept/i }).click();
}

describe('the first journey', () => {
  it('goes from a new organization to its audit trail, in a browser', async () => {
    const superAdmin = await world.visitor();
    await superAdmin.signInAs('Sofia Keller');
    const { page } = superAdmin;
    await page.waitForURL('**/admin/dashboard');
    await page.getByRole('table', { name: 'Organizations' }).getByText('Northwind Logistics').waitFor();

    await page.getByRole('link', { name: 'New organization' }).first().click();
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Lighthouse Labs');
    await page.getByLabel('Contact’s name').fill('Lena Light');
    await page.getByLabel('Contact’s e-mail').fill('lena@lighthouse.example');
    await page.getByLabel('Plan', { exact: true }).selectOption('growth');
    await page.getByLabel('Admin’s name').fill('Lena Light');
    await page.getByLabel('Admin’s e-mail').fill('lena@lighthouse.example');
    await page.getByRole('button', { name: 'Create and invite' }).click();
    await page.getByRole('heading', { name: 'Lighthouse Labs' }).waitFor();

    const admin = await world.visitor();
    await acceptByMail(admin, 'Lena Light', 'lena@lighthouse.example');
    await admin.page.getByRole('heading', { name: 'Lighthouse Labs' }).waitFor();
    expect(new URL(admin.page.url()).pathname).toMatch(/^\/organizations\/org_/);
    expect(await admin.page.getByText('no organization').count()).toBe(0);

    await admin.page.getByRole('link', { name: 'Invitations' }).click();
    const form = admin.page.getByRole('form', { name: 'Invite somebody' });
    await form.getByLabel('Name').fill('Max Member');
    await form.getByLabel('E-mail').fill('max@lighthouse.example');
    await form.getByRole('button', { name: 'Invite', exact: true }).click();
    await admin.page.getByText('max@lighthouse.example has been invited.').waitFor();

    const member = await world.visitor();
    await acceptByMail(member, 'Max Member', 'max@lighthouse.example');
    await member.page.getByRole('heading', { name: 'Lighthouse Labs' }).waitFor();
    expect(await member.page.getByRole('link', { name: 'Users' }).count()).toBe(0);

    await admin.page.getByRole('link', { name: 'Users' }).click();
    await admin.page.getByRole('table', { name: 'Users' }).getByText('max@lighthouse.example').waitFor();
    await admin.page.goto(`${world.product.origin}/admin/dashboard`);
    await admin.page.getByRole('heading', { name: 'You may not open this page' }).waitFor();

    for (const { name } of world.product.aws.schedules().filter(({ name }) => name.includes('Hourly')))
      await world.product.aws.runSchedule(name);
    await page.getByRole('tab', { name: 'Audit' }).click();
    const trail = page.getByRole('list', { name: 'Audit entries' });
    await trail.getByText('invitation.accepted').first().waitFor();
    await trail.getByText('organization.created').waitFor();
    await page.getByRole('tab', { name: 'Usage' }).click();
    await page.getByRole('region', { name: 'Users' }).getByText('2', { exact: true }).first().waitFor();
    expect([...superAdmin.errors, ...admin.errors, ...member.errors]).toEqual([]);
  });

  it('tells the super admin at the field that a name is taken, and loses nothing that was typed', async () => {
    const { page, signInAs } = await world.visitor();
    await signInAs('Sofia Keller');
    await page.goto(`${world.product.origin}/admin/organizations/new`);
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('bluebird  HEALTH');
    await page.getByLabel('Contact’s name').fill('Somebody');
    await page.getByLabel('Contact’s e-mail').fill('somebody@else.example');
    await page.getByLabel('Admin’s name').fill('Somebody');
    await page.getByLabel('Admin’s e-mail').fill('not an address');
    await page.getByRole('button', { name: 'Create and invite' }).click();
    await page.getByText('must be an e-mail address').waitFor();
    await page.getByLabel('Admin’s e-mail').fill('somebody@else.example');
    await page.getByRole('button', { name: 'Create and invite' }).click();
    await page.getByText('An organization of this name exists already.').waitFor();
    expect(await page.getByLabel('Contact’s name').inputValue()).toBe('Somebody');
  });

  it('keeps a suspended organization out, and lets it in again when it is reactivated', async () => {
    const { page, signInAs } = await world.visitor();
    await signInAs('Sofia Keller');
    await page
      .getByRole('table', { name: 'Organizations' })
      .getByRole('link', { name: 'Cedar & Finch Studio' })
      .click();
    await page.getByRole('tab', { name: 'Settings' }).click();
    await page.getByRole('button', { name: 'Suspend…' }).click();
    await page.getByLabel('Type Cedar & Finch Studio to confirm').fill('Cedar & Finch Studio');
    await page.getByLabel('Reason').fill('Asked for it by mail');
    await page.getByRole('button', { name: 'Suspend', exact: true }).click();
    await page.getByText('Suspended because').waitFor();
    const somebody = await world.visitor();
    await somebody.page.goto(`${world.product.origin}/sign-in`);
    await somebody.page.getByLabel('Find somebody').fill('Admin Cedar');
    await somebody.page.getByRole('list', { name: 'People' }).getByRole('button').first().click();
    await somebody.page.getByRole('heading', { name: 'Your organization is suspended' }).waitFor();
    await page.getByRole('button', { name: 'Reactivate' }).click();
    await page.getByRole('button', { name: 'Suspend…' }).waitFor();
    await somebody.page.getByRole('button', { name: 'Try again' }).click();
    await somebody.page.getByRole('heading', { name: 'Cedar & Finch Studio' }).waitFor();
    expect(new URL(somebody.page.url()).pathname).toMatch(/^\/organizations\//);
  });
});
