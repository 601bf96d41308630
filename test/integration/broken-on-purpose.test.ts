import { DeleteCommand, GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withoutConditions } from '../support/broken-template.ts';
import { eventually, startTestProduct, superAdminEmail, type TestProduct } from '../support/product.ts';
import { readClerksKey, under, underTenantRole } from '../support/under-role.ts';

/**
 * Guarantees that depend on the template and fail when it is broken, which shows that the local run
 * executes it.
 */

/** Reads another organization's profile with credentials for one, as a bug in our code could. */
async function crossTheBoundary(product: TestProduct): Promise<unknown> {
  const token = await product.signIn(superAdminEmail);
  const { items } = (await product.api('/api/admin/organizations', { token })).body;
  const { client, TableName } = await underTenantRole(product, items[0].id);
  const Key = { pk: `${items[1].id}#organization`, sk: 'profile' };
  return (await client.send(new GetCommand({ TableName, Key }))).Item;
}

/** Invites a user, and returns the invitation's audit log entries. */
async function inviteAndRead(product: TestProduct) {
  const token = await product.signIn(superAdminEmail);
  const { items } = (await product.api('/api/admin/organizations?search=bluebird', { token })).body;
  const home = `/api/organizations/${items[0].id}`;
  const body = { name: 'Ines Invited', email: 'ines@bluebird.example', role: 'team_member' };
  const { body: made } = await product.api(`${home}/invitations`, { token, method: 'POST', body });
  const trail = `${home}/audit?resource=invitation/${made.id}`;
  return async () => (await product.api(trail, { token })).body.items;
}

const failuresOf = async (product: TestProduct) => (await product.api('/local/state.json')).body.failures;

const refused = { name: 'AccessDeniedException' };

describe('the template as it is', () => {
  let product: TestProduct;
  beforeAll(async () => {
    product = await startTestProduct();
  });
  afterAll(() => product.stop());

  it('keeps one organization’s credentials out of another’s data', async () => {
    await expect(crossTheBoundary(product)).rejects.toMatchObject(refused);
  });

  it('lets an organization put nothing into what the platform reads of all', async () => {
    const token = await product.signIn(superAdminEmail);
    const [{ id }] = (await product.api('/api/admin/organizations', { token })).body.items;
    const { client, TableName } = await underTenantRole(product, id);
    const Key = { pk: `${id}#forged`, sk: 'entry' };
    const directoryPk = 'platform#audit#2026-11#0';
    for (const write of [
      () => client.send(new PutCommand({ TableName, Item: { ...Key, directoryPk } })),
      () =>
        client.send(
          new UpdateCommand({
            TableName,
            Key,
            UpdateExpression: 'SET #into = :there',
            ExpressionAttributeNames: { '#into': 'directoryPk' },
            ExpressionAttributeValues: { ':there': directoryPk },
          }),
        ),
    ])
      await expect(write()).rejects.toMatchObject(refused);
    await client.send(new PutCommand({ TableName, Item: Key }));
  });

  it('lets nothing that a person’s request reaches make a super admin', async () => {
    await expect(underTenantRole(product, 'platform')).rejects.toMatchObject({ name: 'AccessDenied' });
    const token = await product.signIn(superAdminEmail);
    expect((await product.api('/api/organizations/platform/users', { token })).status).toBe(404);
    // Any signed-in user may call the admin function, if only to be refused. The webhook would accept an
    // invitation.
    for (const name of ['organization', 'admin'])
      for (const pk of ['platform#user', 'platform#invitation']) {
        const { client, TableName } = await under(product, name);
        const Key = { pk, sk: 'intruder' };
        for (const write of [
          () => client.send(new PutCommand({ TableName, Item: Key })),
          () => client.send(new UpdateCommand({ TableName, Key })),
          () => client.send(new DeleteCommand({ TableName, Key })),
        ])
          await expect(write(), `${name}, ${pk}`).rejects.toMatchObject(refused);
      }
  });

  it('lets the webhooks, which follow accounts on the platform, make no super admin', async () => {
    const { client, TableName } = await underTenantRole(product, 'platform', 'webhooks');
    const token = await product.signIn(superAdminEmail);
    const { userId } = (await product.api('/api/me', { token })).body.user;
    const role = (sk: string) => ({
      TableName,
      Key: { pk: 'platform#user', sk },
      UpdateExpression: 'SET #role = :role',
      ExpressionAttributeNames: { '#role': 'role' },
      ExpressionAttributeValues: { ':role': 'super_admin' },
    });
    for (const write of [
      () => client.send(new PutCommand({ TableName, Item: { pk: 'platform#user', sk: 'user_intruder' } })),
      () => client.send(new PutCommand({ TableName, Item: { pk: 'platform#invitation', sk: 'intruder' } })),
      () => client.send(new UpdateCommand(role('user_intruder'))),
    ])
      await expect(write()).rejects.toMatchObject(refused);
    await product.clerk.users.updateUser(userId, { lastName: 'Keller-Braun' });
    await eventually(
      async () => (await product.api('/api/me', { token })).body.user.name === 'Sofia Keller-Braun',
      'a super admin’s name follows their account',
    );
  });

  it('lets no function but the gateway read Clerk’s secret key, and the gateway write nothing', async () => {
    for (const { title } of product.functions) {
      const reading = readClerksKey(product, title);
      if (title === 'gateway') expect(await reading).toContain('sk_test_');
      else await expect(reading, title).rejects.toMatchObject(refused);
    }
    const { client, TableName } = await under(product, 'gateway');
    for (const pk of ['org_01ARZ3NDEKTSV4RRFFQ69G5FAV#user', 'platform#member-claim', 'platform#user'])
      await expect(
        client.send(new PutCommand({ TableName, Item: { pk, sk: 'user_intruder' } })),
      ).rejects.toMatchObject(refused);
  });

  it('lets the audit writer add entries, never change or remove one, nor write anything else', async () => {
    const { client, TableName } = await under(product, 'audit-writer');
    const Key = { pk: 'platform#audit#2026-01', sk: '2026-01-01T00:00:00.000Z#made' };
    await client.send(new PutCommand({ TableName, Item: Key }));
    for (const other of [
      () => client.send(new UpdateCommand({ TableName, Key })),
      () => client.send(new DeleteCommand({ TableName, Key })),
      () => client.send(new PutCommand({ TableName, Item: { ...Key, pk: 'platform#user' } })),
    ])
      await expect(other()).rejects.toMatchObject(refused);
  });

  it('takes access events from an organization where they are its people’s, once, and of no other kind', async () => {
    const token = await product.signIn(superAdminEmail);
    const [{ id }] = (await product.api('/api/admin/organizations', { token })).body.items;
    const { client, TableName } = await underTenantRole(product, id);
    const put = (pk: string) => client.send(new PutCommand({ TableName, Item: { pk, sk: 'forged' } }));
    for (const pk of [`${id}#access#usage-run`, 'platform#access', 'platform#access#refused'])
      await expect(put(pk), pk).rejects.toMatchObject(refused);
    for (const partition of ['access', 'access#refused', 'access#exported']) {
      const Key = { pk: `${id}#${partition}`, sk: 'forged' };
      await put(Key.pk);
      await expect(client.send(new UpdateCommand({ TableName, Key }))).rejects.toMatchObject(refused);
      await expect(client.send(new DeleteCommand({ TableName, Key }))).rejects.toMatchObject(refused);
    }
    const own = await under(product, 'organization');
    for (const pk of ['platform#access#exported', 'platform#access#usage-run', 'platform#audit#2026-01']) {
      const forged = new PutCommand({ TableName, Item: { pk, sk: 'forged' } });
      await expect(own.client.send(forged), pk).rejects.toMatchObject(refused);
    }
  });

  it('has an entry of what code writes past the product, which names nobody and the table’s own time', async () => {
    const token = await product.signIn(superAdminEmail);
    const [{ id: home }] = (await product.api('/api/admin/organizations', { token })).body.items;
    const { client, TableName } = await underTenantRole(product, home);
    const before = Math.floor(Date.now() / 1000) * 1000;
    const changed = { by: 'user_x', role: 'org_admin', action: 'user.a', requestId: 'r', derived: true };
    const Item = {
      ...{ pk: `${home}#user`, sk: 'user_planted', entity: 'emailClaim', organizationId: home },
      ...{
        revision: 1,
        createdAt: '2026-03-01T00:00:00.000Z',
        updatedAt: '2026-03-01T00:00:00.000Z',
        changed,
      },
    };
    await client.send(new PutCommand({ TableName, Item }));
    const trail = `/api/organizations/${home}/audit?resource=user/user_planted`;
    const [entry] = await eventually(async () => {
      const found = (await product.api(trail, { token })).body.items;
      return found.length > 0 && found;
    }, 'the planted item has an entry');
    expect(entry).toMatchObject({ userId: 'unattributed', action: 'user.created' });
    expect(Date.parse(entry.timestamp)).toBeGreaterThanOrEqual(before);
  });

  it('keeps bookkeeping out of the trail: the audit writer passes it over, and fails at nothing', async () => {
    const entries = await inviteAndRead(product);
    await eventually(async () => (await entries()).length > 0, 'the trail is written');
    expect(await failuresOf(product)).toEqual([]);
  });
});

describe('the template without the tenant role’s conditions', () => {
  let product: TestProduct;
  beforeAll(async () => {
    product = await startTestProduct({ transformTemplate: withoutConditions });
  });
  afterAll(() => product.stop());

  it('lets one organization’s credentials into another’s data', async () => {
    expect(await crossTheBoundary(product)).toMatchObject({ sk: 'profile' });
  });
});
