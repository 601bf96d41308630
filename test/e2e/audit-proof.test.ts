import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { desktop, phone } from './support/shapes.ts';
import { startWorld, type World } from './support/world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.stop());

/** An admin on the verification page, after the browser has verified the audit log. */
async function verified(shape: Parameters<World['visitor']>[0]) {
  const visitor = await world.visitor(shape);
  const { page, signInAs } = visitor;
  await signInAs('Amara Abara');
  await page.waitForURL(/org_\w+/);
  const [id = ''] = /org_\w+/.exec(page.url()) ?? [];
  await page.goto(`${world.product.origin}/organizations/${id}/audit`);
  await page.getByRole('link', { name: 'Verify' }).click();
  await page.getByRole('button', { name: 'Verify audit log' }).click();
  await page.getByText('Audit log verified').waitFor();
  return { ...visitor, id };
}

describe('an admin who trusts nobody', () => {
  it.each([
    ['at a desk', desktop.screen],
    ['on a phone', phone.screen],
  ])('verifies the audit log in the browser, and saves what was verified, %s', async (_, shape) => {
    const { page, errors } = await verified(shape);
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save proof file' }).click();
    const file = await (await download).path();
    const { status, stdout } = spawnSync('node', ['web/public/audit-verify.mjs', file], { encoding: 'utf8' });
    expect([status, stdout]).toEqual([0, expect.stringContaining('VERIFIED')]);
    const edited = `${file}.proof.jsonl`;
    writeFileSync(edited, readFileSync(file, 'utf8').replace('"role":"org_admin"', '"role":"org_admim"'));
    await page.locator('input[type=file]').setInputFiles(edited);
    await page.getByRole('alert').getByText('edited').waitFor();
    expect(errors).toEqual([]);
  });

  it('is told in red when the log no longer continues what the browser has seen', async () => {
    const { page, id } = await verified(desktop.screen);
    // On another page of the origin, where nothing overwrites what the browser has stored.
    await page.goto(`${world.product.origin}/clerk/outbox`);
    await page.evaluate((name) => {
      const seen = JSON.parse(localStorage.getItem(name) ?? '{}');
      localStorage.setItem(name, JSON.stringify({ ...seen, size: seen.size + 1000 }));
    }, `audit-witness:${id}`);
    await page.goto(`${world.product.origin}/organizations/${id}/audit`);
    await page.getByText('This audit log contradicts what your browser saw earlier').waitFor();
    expect(await page.getByRole('alert').textContent()).toContain('cut off the end');
  });

  it('downloads the receipt of an entry, and the verifier itself', async () => {
    const { page, id } = await verified(desktop.screen);
    await page.goto(`${world.product.origin}/organizations/${id}/audit`);
    await page.getByRole('button', { name: 'Details' }).last().click();
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download receipt' }).click();
    const receipt = await (await download).path();
    const verifier = await (await fetch(`${world.product.origin}/audit-verify.mjs`)).text();
    const own = `${receipt}.verifier.mjs`;
    writeFileSync(own, verifier);
    expect(spawnSync('node', [own, receipt]).status).toBe(0);
  });
});
