import { afterEach, expect, it } from 'vitest';
import { CanaryReport } from '../../domain/canary/canary.schema.ts';
import { PROBES } from '../../domain/ids.ts';
import { canarySchedule, canaryState } from '../../infra/local/console/canary.ts';
import { withoutConditions, withoutIndex } from '../support/broken-template.ts';
import { startTestProduct, superAdminEmail, type TestProduct } from '../support/product.ts';
import { underTenantRole } from '../support/under-role.ts';

let product: TestProduct;
afterEach(() => product.stop());

/** Runs the canary by its schedule, and returns its result. */
async function sing(): Promise<CanaryReport> {
  const schedule = canarySchedule(product.aws.schedules());
  const { outcome } = await product.aws.runSchedule(schedule?.name ?? 'there is none');
  if (!outcome.ok) throw new Error(outcome.error.errorMessage);
  return CanaryReport.parse(outcome.payload);
}

it('finds every way refused under the template as it is, and leaves no trace among the customers', async () => {
  product = await startTestProduct();
  const token = await product.signIn(superAdminEmail);
  const known = async () => (await product.api('/api/admin/organizations?limit=100', { token })).body.items;
  const before = await known();
  expect(canaryState(product.aws.schedules())).toMatchObject({ isWell: null });

  expect(await sing()).toEqual({
    ...{ crossings: 20, refused: 20, crossed: [] },
    ...{ controls: 20, answered: 20, unclear: [] },
  });
  expect(canaryState(product.aws.schedules()).isWell).toBe(true);
  expect((await product.request('/local')).body).toContain('20 of 20 attempts');

  expect(await known()).toEqual(before);
  const { body } = await product.api('/api/admin/audit?limit=50', { token });
  expect(JSON.stringify(body.items)).not.toContain('CANARY');
  expect((await product.api('/local/state.json')).body.failures).toEqual([]);

  // Only the canary opens its two organizations, and it no other.
  const denied = { name: 'AccessDenied' };
  await expect(underTenantRole(product, before[0].id, 'canary')).rejects.toMatchObject(denied);
  for (const opener of ['usage', 'webhooks'])
    await expect(underTenantRole(product, PROBES[0], opener), opener).rejects.toMatchObject(denied);
});

it('notices when the tenant role has lost its condition: it crosses in every way', async () => {
  product = await startTestProduct({ transformTemplate: withoutConditions, seed: false });
  const { crossings, refused, crossed, controls, answered } = await sing();
  expect({ crossings, refused, controls, answered }).toEqual({
    ...{ crossings: 20, refused: 0 },
    ...{ controls: 20, answered: 20 },
  });
  expect(new Set(crossed.map(({ from, into }) => `${from} ${into}`)).size).toBe(2);
  expect(canaryState(product.aws.schedules())).toMatchObject({
    isWell: false,
    details: expect.arrayContaining(['GetItem reached probe B from probe A.']),
  });
});

it('notices when a control fails, though nothing can be crossed', async () => {
  product = await startTestProduct({ transformTemplate: withoutIndex, seed: false });
  const { refused, crossed, answered, unclear } = await sing();
  expect({ refused, crossed, answered }).toEqual({ refused: 20, crossed: [], answered: 18 });
  expect(unclear.map(({ way }) => way)).toEqual(Array(2).fill('Query of the index byMember'));
  expect(canaryState(product.aws.schedules()).isWell).toBe(false);
});
