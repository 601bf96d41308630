import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { abilityOf, rulesFor } from '../../../domain/access/ability.ts';
import type { CursorUse } from '../../../domain/cursor.ts';
import { newOrganizationId, OrganizationId, UserId } from '../../../domain/ids.ts';
import { Organization } from '../../../domain/organization/profile.schema.ts';
import { User } from '../../../domain/user/profile.schema.ts';
import { identityProvider } from '../../../functions/clerk/identity-provider.ts';
import { audit } from '../../../functions/http/audit/handlers.ts';
import { auditRoutes } from '../../../functions/http/audit/routes.ts';
import { type BatchPager, cursorUseOf } from '../../../functions/http/paging.ts';

const now = new Date('2026-11-25T12:00:00.000Z');
const at = now.toISOString();
const organizationId = newOrganizationId(now);
const client = DynamoDBDocumentClient.from(new DynamoDBClient({ region: 'eu-central-1' }));
const organization = Organization.parse({
  ...{ id: organizationId, name: 'Northwind', contactPerson: { name: 'Ann', email: 'ann@example.com' } },
  ...{ status: 'active', subscription: { plan: 'growth', startDate: '2026-01-01' } },
  ...{ allowedDomains: [], metadata: {}, revision: 1, createdAt: at, updatedAt: at },
});

function callOf(by: string) {
  const member = User.parse({
    ...{ userId: UserId.parse(by), organizationId, email: 'ann@example.com', name: 'Ann', role: 'org_admin' },
    ...{ revision: 1, createdAt: at, updatedAt: at },
  });
  const scope = { organizationId: OrganizationId.parse(organizationId), client, table: 'table' };
  const actor = { by, role: 'org_admin', requestId: 'request-1' } as const;
  const input = {
    params: { organizationId },
    query: { format: 'csv' },
    body: undefined,
    revision: undefined,
  };
  const nothing = () => undefined;
  return {
    ...{ ctx: { scope, actor, now }, organization, member, ability: abilityOf(rulesFor(member)) },
    ...{ assertCan: nothing, assertCanEach: () => nothing, ...input, event },
  };
}

const event = {
  ...{ version: '2.0', routeKey: '', rawPath: '/', rawQueryString: '', headers: {}, isBase64Encoded: false },
  requestContext: {
    ...{ accountId: '1', apiId: 'api', domainName: 'localhost', domainPrefix: 'api', requestId: 'request-1' },
    ...{ routeKey: '', stage: '$default', time: at, timeEpoch: 0 },
    http: { method: 'GET', path: '/', protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: '' },
  },
};

/** What this user can do with the cursors of an export. */
async function useOf(by: string): Promise<CursorUse | undefined> {
  const uses: CursorUse[] = [];
  const batch: BatchPager = async (asked) => {
    uses.push(cursorUseOf(asked));
    return { items: [], nextCursor: null };
  };
  const neither = () => Promise.reject(new Error('an export has neither'));
  const open = () => ({ organizationId, client, table: 'table' });
  const provider = identityProvider('gateway');
  const { method, path } = auditRoutes.exportAuditEntries;
  const { find } = audit({
    open,
    page: neither,
    batch,
    provider,
    checkpointsFunction: 'audit-checkpoints',
    supportStage: 'reasoned',
    stage: 'test',
  });
  await find(method, path)?.handle(callOf(by));
  return uses[0];
}

describe('the cursor to the next part of an export', () => {
  it('is good for the person whose first part was recorded, and for nobody else', async () => {
    const use = await useOf('user_ann');
    expect(use).toBeDefined();
    expect(await useOf('user_ann')).toEqual(use);
    expect(await useOf('user_bob')).not.toEqual(use);
  });
});
