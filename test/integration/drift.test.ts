import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { peopleOf } from '../support/people.ts';
import { eventually, startTestProduct, superAdminEmail, type TestProduct } from '../support/product.ts';

let product: TestProduct;
let superAdmin: string;
beforeAll(async () => {
  product = await startTestProduct();
  superAdmin = await product.signIn(superAdminEmail);
});
afterAll(() => product.stop());

describe('the comparison with Clerk', () => {
  it('makes good what webhooks lost, under its own rights, and reports it to super admins', async () => {
    const people = peopleOf(product, superAdmin);
    const org = await people.organization('Drifting');
    const webhooks = (mode: string) =>
      product.api('/clerk/controls', { method: 'POST', body: { webhooks: mode } });
    const compare = async () => {
      const [{ name = '' } = {}] = product.aws.schedules().filter((it) => it.name.includes('Compare'));
      expect(await product.aws.runSchedule(name)).toMatchObject({ outcome: { ok: true } });
      return (await product.api('/api/admin/drift/runs', { token: superAdmin })).body;
    };
    const path = `${org.base}/users/${org.inA.userId}`;
    await webhooks('drop');
    await product.clerk.users.updateUser(org.inA.userId, { firstName: 'Lost', lastName: 'Name' });
    await product.clerk.users.deleteUser(org.inB.userId);
    const { items, organizations } = await compare();
    await webhooks('deliver');
    const own = items[0].entries.filter((one: { organizationId: string }) => one.organizationId === org.id);
    expect(own).toMatchObject([
      { kind: 'details', of: org.inA.userId, details: ['name'], outcome: 'repaired' },
      { kind: 'account', of: org.inB.userId, outcome: 'repaired' },
    ]);
    expect([items[0].status, organizations[org.id]]).toEqual(['done', 'Drifting']);
    expect(JSON.stringify(items)).not.toContain('Lost');
    expect((await people.read(path, org.admin)).body.name).toBe('Lost Name');
    expect((await people.read(`${org.base}/users/${org.inB.userId}`, org.admin)).status).toBe(404);
    // Another is due tomorrow; until then the schedule has nothing to do.
    expect((await compare()).items).toHaveLength(1);
    const mine = { token: superAdmin, method: 'POST', body: { dryRun: true } };
    expect((await product.api('/api/admin/drift/runs', mine)).status).toBe(202);
    const asked = async () =>
      (await product.api('/api/admin/drift/runs', { token: superAdmin })).body.items[0];
    await eventually(async () => (await asked()).requestedBy !== undefined, 'it has begun');
    await eventually(async () => (await asked()).status === 'done', 'it is over');
    const kinds = (await asked()).entries.map(({ outcome }: { outcome: string }) => outcome);
    expect(kinds.filter((outcome: string) => outcome !== 'found')).toEqual([]);
  });
});
