import { afterEach, describe, expect, it, vi } from 'vitest';
import { newOrganizationId, UserId } from '../../../domain/ids.ts';
import { forgetMembership } from '../../../functions/clerk/people.ts';

vi.mock(import('../../../functions/aws/secrets.ts'), () => ({ secret: async () => '{"secretKey":"sk"}' }));
afterEach(() => vi.unstubAllGlobals());

const settings = { apiUrl: 'https://clerk.example', secretId: 'clerk', appOrigin: 'https://app.example' };
const userId = UserId.parse('user_1');
const own = newOrganizationId(new Date());

/** Forgets a membership of a person whose metadata names an organization; answers the requests that change something. */
async function changesWhere(organizationId: string | undefined, status = 200) {
  const changes: string[] = [];
  vi.stubGlobal('fetch', async (address: string, { method, body }: RequestInit) => {
    if (method === 'GET') return Response.json({ public_metadata: { organizationId } }, { status });
    changes.push(`${method} ${address} ${body}`);
    return Response.json({});
  });
  await forgetMembership(settings, userId, own);
  return changes;
}

describe('forgetting a membership', () => {
  it('takes the organization out of the metadata that name it', async () => {
    expect(await changesWhere(own)).toEqual([
      'PATCH https://clerk.example/v1/users/user_1/metadata {"public_metadata":{"organizationId":null,"invitationId":null}}',
    ]);
  });

  it('leaves metadata alone that name another organization by now, or none', async () => {
    expect(await changesWhere(newOrganizationId(new Date()))).toEqual([]);
    expect(await changesWhere(undefined)).toEqual([]);
  });

  it('is let be when Clerk doesn’t answer', async () => {
    expect(await changesWhere(own, 503)).toEqual([]);
    expect(await changesWhere(own, 404)).toEqual([]);
  });
});
