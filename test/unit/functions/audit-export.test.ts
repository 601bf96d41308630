import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import type { CursorUse } from '../../../domain/cursor.ts';
import { newOrganizationId, OrganizationId, UserId } from '../../../domain/ids.ts';
import { Organization } from '../../../domain/organization/profile.schema.ts';
import { User } from '../../../domain/user/profile.schema.ts';
import { identityProvider } from '../../../functions/clerk/identity-provider.ts';
import type { Exchange } from '../../../functions/http/exchange.ts';
import { audit } from '../../../functions/http/handlers/audit.ts';
import type { StretchPager } from '../../../functions/http/paging.ts';

const now = new Date('2026-11-25T12:00:00.000Z');
const at = now.toISOString();
const organizationId = newOrganizationId(now);
const client = DynamoDBDocumentClient.from(new DynamoDBClient({ region: 'eu-central-1' }));
const organization = Organization.parse({
  ...{ id: organizationId, name: 'Northwind', contactPerson: { name: 'Ann', email: 'ann@example.com' } },
  ...{ status: 'active', subscription: { plan: 'growth', startDate: '2026-01-01' } },
  ...{ allowedDomains: [], metadata: {}, revision: 1, createdAt: at, updatedAt: at },
});

function exchangeOf(by: string): Exchange {
  const member = User.parse({
    ...{ userId: UserId.parse(by), organizationId, email: 'ann@example.com', name: 'Ann', role: 'org_admin' },
    ...{ revision: 1, createdAt: at, updatedAt: at },
  });
  return {
    ...{ requestId: 'request-1', now, organization, member },
    scope: { organizationId: OrganizationId.parse(organizationId), client, table: 'table' },
    actor: { by, role: 'org_admin', requestId: 'request-1' },
    input: { params: { organizationId }, query: { format: 'csv' }, body: undefined },
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

/** What the cursors of an export are good for when this person takes it. */
async function cursorUseOf(by: string): Promise<CursorUse | undefined> {
  const uses: CursorUse[] = [];
  const stretch: StretchPager = async ({ use }) => {
    uses.push(use);
    return { items: [], nextCursor: null };
  };
  const neither = () => Promise.reject(new Error('an export has neither'));
  const open = () => ({ organizationId, client, table: 'table' });
  const provider = identityProvider('gateway');
  const noun = audit({ open, page: neither, stretch, provider });
  await noun.answer('exportAuditEntries')?.(exchangeOf(by), event);
  return uses[0];
}

describe('the cursor to the next part of an export', () => {
  it('is good for the person whose first part was recorded, and for nobody else', async () => {
    const use = await cursorUseOf('user_ann');
    expect(use).toBeDefined();
    expect(await cursorUseOf('user_ann')).toEqual(use);
    expect(await cursorUseOf('user_bob')).not.toEqual(use);
  });
});
