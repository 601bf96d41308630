import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { PLATFORM } from '../../domain/ids.ts';
import type { TransformTemplate } from '../../infra/local/assembly/deployment.ts';
import { oddToken } from '../support/odd-token.ts';
import { eventually, startTestProduct, superAdminEmail, type TestProduct } from '../support/product.ts';
import { invokeUnder, under, underTenantRole, underToken } from '../support/under-role.ts';

/**
 * The organizations that code in the organizations' function could reach with the function's environment
 * and its role's credentials, without our own checks.
 */

type Table = Awaited<ReturnType<typeof under>>;

/** The organizations in the super admin's list, and the platform. */
async function everyOrganization(product: TestProduct): Promise<string[]> {
  const token = await product.signIn(superAdminEmail);
  const { items } = (await product.api('/api/admin/organizations?limit=100', { token })).body;
  return [
    ...z
      .array(z.object({ id: z.string() }))
      .parse(items)
      .map(({ id }) => id),
    PLATFORM,
  ];
}

const isRefusal = (error: unknown) => error instanceof Error && /^AccessDenied/.test(error.name);

/** The organizations with a readable item. */
async function reached(
  product: TestProduct,
  open: (organizationId: string) => Promise<Table>,
): Promise<string[]> {
  const found: string[] = [];
  for (const organizationId of await everyOrganization(product))
    for (const noun of ['user', 'organization', 'team', 'audit#2026-11'])
      try {
        const { client, TableName } = await open(organizationId);
        await client.send(new GetCommand({ TableName, Key: { pk: `${organizationId}#${noun}`, sk: 'x' } }));
        found.push(organizationId);
        break;
      } catch (error) {
        if (!isRefusal(error)) throw error;
      }
  return found;
}

const amara = 'amara.abara@northwind.example';

/** A request as API Gateway would make it, with this token or none. */
const event = (path: string, token?: string) => ({
  ...{ version: '2.0', routeKey: `GET ${path}`, rawPath: path, rawQueryString: '', isBase64Encoded: false },
  headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
  requestContext: {
    ...{ requestId: 'taken-over', routeKey: `GET ${path}`, stage: '$default' },
    http: { method: 'GET', path, protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'intruder' },
  },
});

describe('the organizations’ function, taken over', () => {
  let product: TestProduct;
  let home: string;
  let token: string;
  beforeAll(async () => {
    product = await startTestProduct();
    token = await product.signIn(amara);
    home = (await product.api('/api/me', { token })).body.organization.id;
  });
  afterAll(() => product.stop());

  it('reaches none without a live token: not by its own role, and not by a session of its choice', async () => {
    expect((await everyOrganization(product)).length).toBeGreaterThan(2);
    expect(await reached(product, () => under(product, 'organization'))).toEqual([]);
    expect(await reached(product, (id) => underTenantRole(product, id, 'organization'))).toEqual([]);
  });

  it('reaches the organization of a live token, and no other', async () => {
    expect(await reached(product, () => underToken(product, token))).toEqual([home]);
  });

  it.each([
    ['that has expired', { exp: 1_700_000_000 }, 'ExpiredTokenException'],
    ['for another application', { azp: 'https://other.example.com' }, 'InvalidIdentityTokenException'],
    ['of another issuer', { iss: 'https://clerk.example.com' }, 'InvalidIdentityTokenException'],
    ['without the claim', { 'https://aws.amazon.com/tags': undefined }, 'AccessDenied'],
  ])('reaches none with a token %s', async (_, claims, name) => {
    const odd = await oddToken(product, token, claims);
    await expect(underToken(product, odd)).rejects.toMatchObject({ name });
  });

  it('reaches none with a token that says more than Clerk has signed', async () => {
    const [header = '', payload = '', signature = ''] = token.split('.');
    const others = (await everyOrganization(product)).filter((id) => id !== home);
    for (const other of others) {
      const said = Buffer.from(payload, 'base64url').toString().replaceAll(home, other);
      const forged = `${header}.${Buffer.from(said).toString('base64url')}.${signature}`;
      await expect(underToken(product, forged)).rejects.toMatchObject({
        name: 'InvalidIdentityTokenException',
      });
    }
  });

  it('reaches none with a super admin’s token, which opens what the support function lets it open', async () => {
    const platforms = await product.signIn(superAdminEmail);
    await expect(underToken(product, platforms)).rejects.toMatchObject({ name: 'AccessDenied' });
    const ask = (given?: string) =>
      invokeUnder(product, 'organization', 'support', event('/api/organizations/{organizationId}', given));
    expect(await ask()).toMatchObject({ statusCode: 401 });
    expect(await ask(token)).toMatchObject({ statusCode: 403 });
    expect(
      await ask(await oddToken(product, token, { organizationId: PLATFORM }, { ownKey: false })),
    ).toMatchObject({
      statusCode: 401,
    });
  });

  it('answers nothing while Clerk does not set the claim, and its log says how to', async () => {
    const other = (await everyOrganization(product)).find((id) => id !== home);
    const tagsClaim = 'https://aws.amazon.com/tags';
    for (const [claim, names] of [
      [undefined, 'names no organization'],
      [{ principal_tags: { organizationId: [home] } }, 'names another organization'],
    ] as const) {
      const odd = await oddToken(product, token, { organizationId: other, [tagsClaim]: claim });
      const { status, body } = await product.request('/api/me', {
        headers: { authorization: `Bearer ${odd}` },
      });
      expect({ status, code: body.code }).toEqual({ status: 500, code: 'internal' });
      expect(JSON.stringify(body)).not.toContain('claim');
      const said = new RegExp(`${names}.*docs/deploy.md`);
      const log = await eventually(async () => {
        const lines = readFileSync(join(product.stateDirectory, 'logs', 'organization.log'), 'utf8');
        return said.test(lines) && lines;
      }, `the log says that it ${names}`);
      expect(log).not.toContain(odd);
    }
  });

  it('shares its sessions’ name with nobody: whoever has a token of their own can’t go around the API', async () => {
    for (const sessionName of ['mine', home, 'organization'])
      await expect(underToken(product, token, { sessionName })).rejects.toMatchObject({
        name: 'AccessDenied',
      });
  });
});

const Statements = z.looseObject({ Statement: z.array(z.looseObject({ Action: z.unknown() })) });

/** Changes the statements of the tenant role's trust policy. */
const trusting =
  (change: (statement: Record<string, unknown>) => readonly Record<string, unknown>[]): TransformTemplate =>
  (template) => ({
    ...template,
    Resources: Object.fromEntries(
      Object.entries(template.Resources).map(([id, resource]) => {
        if (resource.Type !== 'AWS::IAM::Role' || !/^TenantRole/.test(id)) return [id, resource];
        const { Statement, ...rest } = Statements.parse(resource.Properties.AssumeRolePolicyDocument);
        const AssumeRolePolicyDocument = { ...rest, Statement: Statement.flatMap(change) };
        return [id, { ...resource, Properties: { ...resource.Properties, AssumeRolePolicyDocument } }];
      }),
    ),
  });

describe('a trust policy that asks for less', () => {
  const withProduct = async (
    transformTemplate: TransformTemplate,
    use: (product: TestProduct) => Promise<void>,
  ) => {
    const product = await startTestProduct({ transformTemplate });
    try {
      await use(product);
    } finally {
      await product.stop();
    }
  };

  it('lets everybody around the API, or the platform be opened: so these tests would notice', async () => {
    const unconditional = trusting(({ Condition: _, ...statement }) =>
      statement.Effect === 'Deny' ? [] : [statement],
    );
    await withProduct(unconditional, async (product) => {
      const token = await product.signIn(amara);
      await expect(underToken(product, token, { sessionName: 'mine' })).resolves.toBeDefined();
      await expect(underToken(product, await product.signIn(superAdminEmail))).resolves.toBeDefined();
    });
  });
});
