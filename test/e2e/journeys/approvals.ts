import type { Page } from 'playwright-core';
import { secondSuperAdmin } from '../../support/super-admins.ts';
import type { Shape } from '../support/shapes.ts';
import { expectFits, notice } from '../support/steps.ts';
import { unexpected } from '../support/watch.ts';
import { words } from '../support/words.ts';
import type { World } from '../support/world.ts';

const { approvals, common, session } = words;

const second = {
  desktop: { name: 'Marek Novak', email: 'marek.novak@aligno.example' },
  phone: { name: 'Ines Duarte', email: 'ines.duarte@aligno.example' },
};
const wanted = { desktop: 'Grace Okafor', phone: 'Tariq Haddad' };

/** Two super admins promote an existing user to super admin; each reverifies. */
export async function approvalsJourney(world: World, shape: Shape): Promise<string[]> {
  const { product } = world;
  const name = wanted[shape.name];
  const email = `${name.toLowerCase().replace(' ', '.')}@aligno.example`;
  const [firstName = '', lastName = ''] = name.split(' ');
  await product.clerk.users.createUser({ emailAddress: [email], firstName, lastName });
  await secondSuperAdmin(product, second[shape.name]);
  const [sofia, other] = await Promise.all([world.visitor(shape.screen), world.visitor(shape.screen)]);
  await sofia.signInAs('Sofia Keller');
  await other.signInAs(second[shape.name].name);
  await product.request('/clerk/controls', { method: 'POST', body: { confirmations: 'old' } });

  await sofia.page.goto(`${product.origin}/admin/approvals`);
  const request = approvals.makeSuperAdmin(name);
  await sofia.page.getByRole('button', { name: approvals.addSuperAdmin }).click();
  const dialog = sofia.page.getByRole('dialog', { name: approvals.addSuperAdmin });
  await dialog.getByLabel(approvals.fields.email).fill(email);
  await dialog.getByLabel(approvals.fields.name).fill(name);
  await dialog.getByLabel(approvals.reason).fill('Takes over support for the northern customers.');
  await dialog.getByRole('button', { name: approvals.request }).click();
  await confirm(sofia.page);
  await notice(sofia.page, approvals.requested).waitFor();
  const mine = sofia.page.getByRole('listitem').filter({ hasText: request });
  await mine.getByRole('button', { name: approvals.ends.withdraw.action }).waitFor();
  await expectFits(sofia.page);

  await other.page.goto(`${product.origin}/admin/approvals`);
  const waiting = other.page.getByRole('listitem').filter({ hasText: request });
  await waiting.getByText(approvals.next.becomes(name)).waitFor();
  await waiting.getByRole('button', { name: approvals.approve }).click();
  const question = other.page.getByRole('dialog', { name: approvals.approveTitle });
  await question.getByText(email).waitFor();
  await question.getByRole('button', { name: approvals.approve }).click();
  await confirm(other.page);
  await notice(other.page, approvals.became(request, 'approved')).waitFor();
  await other.page.getByRole('link', { name: request }).waitFor();
  await expectFits(other.page);

  const third = await world.visitor(shape.screen);
  await third.signInAs(name);
  await third.page.goto(`${product.origin}/admin/approvals`);
  await third.page.getByRole('heading', { name: approvals.title, exact: true }).waitFor();
  await third.page.getByRole('link', { name: request }).click();
  await third.page.getByRole('dialog', { name: request }).getByText(approvals.statuses.carried_out).waitFor();
  await third.page.getByRole('button', { name: common.close }).click();
  // Each got a refusal that required reverification.
  return unexpected([...sofia.errors, ...other.errors, ...third.errors], 403);
}

/** Completes reverification in the stand-in's dialog. */
async function confirm(page: Page): Promise<void> {
  const dialog = page.getByRole('dialog', { name: session.confirm.title });
  await dialog.getByRole('button', { name: session.confirm.action }).click();
  await dialog.waitFor({ state: 'hidden' });
}
