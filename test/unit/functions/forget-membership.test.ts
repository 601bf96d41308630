import { afterEach, describe, expect, it, vi } from 'vitest';
import { newInvitationId, newOrganizationId, UserId } from '../../../domain/ids.ts';
import { forgetMembership } from '../../../functions/clerk/people.ts';

vi.mock(import('../../../functions/aws/secrets.ts'), () => ({
  secret: async () => '{"secretKey":"sk"}',
  changedSecret: async () => null,
}));
afterEach(() => vi.unstubAllGlobals());

const settings = { apiUrl: 'https://clerk.example', secretId: 'clerk', appOrigin: 'https://app.example' };
const userId = UserId.parse('user_1');
const own = newOrganizationId(new Date());
const invitationId = newInvitationId(new Date());

/** Forgets a membership of a person whose metadata names an organization; answers the requests that change something. */
async function changesWhere(organizationId: string | undefined, status = 200, isOpen = false) {
  const changes: string[] = [];
  vi.stubGlobal('fetch', async (address: string, { method, body }: RequestInit) => {
    if (method === 'GET')
      return Response.json({ public_metadata: { organizationId, invitationId } }, { status });
    changes.push(`${method} ${address} ${body}`);
    return Response.json({});
  });
  await forgetMembership(settings)(userId, own, async (id) => isOpen && id === invitationId);
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

  it('leaves alone what somebody needs who is just joining again', async () => {
    expect(await changesWhere(own, 200, true)).toEqual([]);
  });

  it('is over where there is no account, and fails when Clerk doesn’t answer', async () => {
    expect(await changesWhere(own, 404)).toEqual([]);
    for (const status of [401, 503])
      await expect(changesWhere(own, status)).rejects.toMatchObject({ code: 'identity_unavailable' });
  });
});
