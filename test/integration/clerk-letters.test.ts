import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { AppError } from '../../domain/errors.ts';
import { type InvitationId, newInvitationId } from '../../domain/ids.ts';
import { requireInvitation } from '../../domain/invitation/find-invitation.ts';
import { invite } from '../../domain/invitation/invite.ts';
import { revokeInvitation } from '../../domain/invitation/revoke-invitation.ts';
import type { ControlPlane, OrganizationScope } from '../../domain/table/scope.ts';
import { clerkApi } from '../../functions/clerk/api.ts';
import { clerkLetters } from '../../functions/clerk/letters.ts';
import { startControlPlane } from './domain/support/control-plane.ts';
import { now, onPlan, sender } from './domain/support/founding.ts';
import { organizationOf } from './domain/support/people.ts';

// A module is mocked, so this file needs a separate process, which the domain tests don't have.
const changed = vi.hoisted((): { key: string | null } => ({ key: null }));
vi.mock(import('../../functions/aws/secrets.ts'), () => ({
  secret: async () => '{"secretKey":"old"}',
  changedSecret: async () => changed.key && JSON.stringify({ secretKey: changed.key }),
}));
afterEach(() => {
  vi.unstubAllGlobals();
  changed.key = null;
});

let plane: ControlPlane;
let stop: () => Promise<void>;
beforeAll(async () => {
  ({ plane, stop } = await startControlPlane());
});
afterAll(() => stop());

/** Clerk's invitation emails, and the requests to Clerk. */
function letters(answer: object = { id: 'inv_at_clerk' }, status = 200) {
  const asked: unknown[] = [];
  const call = async (_method: string, path: string, body?: unknown) => {
    asked.push({ path, body });
    return Response.json(answer, { status });
  };
  return { asked, ...clerkLetters({ call }, 'https://app.example') };
}

const person = (email: string) => ({ email, name: 'Pat', role: 'team_member' as const, expiresInDays: 3 });

describe('the letter of an invitation', () => {
  it('goes to the address that the table has, for as long as the table says', async () => {
    const { scope, actor } = await organizationOf(plane, 'Letters');
    const { id } = await invite(
      { scope, actor, now },
      { person: person('pat@letters.example'), organization: onPlan('growth') },
      sender(),
    );
    const { asked, send } = letters();
    expect(await send(scope, id)).toEqual({ outcome: 'sent', providerId: 'inv_at_clerk' });
    expect(asked).toEqual([
      {
        path: '/invitations',
        body: {
          email_address: 'pat@letters.example',
          public_metadata: { organizationId: scope.organizationId, invitationId: id, name: 'Pat' },
          redirect_url: 'https://app.example/',
          notify: true,
          ignore_existing: true,
          expires_in_days: 3,
        },
      },
    ]);
  });

  it('is not sent where there is no such invitation, or it is over', async () => {
    const { scope, actor } = await organizationOf(plane, 'Over');
    const { id, revision } = await invite(
      { scope, actor, now },
      { person: person('pat@over.example'), organization: onPlan('growth') },
      sender(),
    );
    await revokeInvitation(
      { scope, actor, now },
      { stored: await requireInvitation(scope, id), revision },
      sender(),
    );
    const { asked, send } = letters();
    for (const invitationId of [id, newInvitationId(now)])
      expect(await send(scope, invitationId)).toMatchObject({ outcome: 'failed' });
    expect(asked).toEqual([]);
  });
});

describe('a letter that Clerk doesn’t take', () => {
  let invited: { scope: OrganizationScope; id: InvitationId };
  beforeAll(async () => {
    const { scope, actor } = await organizationOf(plane, 'Refused');
    const { id } = await invite(
      { scope, actor, now },
      { person: person('pat@refused.example'), organization: onPlan('growth') },
      sender(),
    );
    invited = { scope, id };
  });

  /**
   * Sends one to which Clerk responds like this; returns the outcome, and the keys used in requests to
   * Clerk.
   */
  async function sent(answer: (key: string) => Response) {
    const keys: string[] = [];
    vi.stubGlobal('fetch', async (_: string, { headers }: RequestInit) => {
      const key = new Headers(headers).get('authorization')?.slice('Bearer '.length) ?? '';
      keys.push(key);
      return answer(key);
    });
    const api = clerkApi({ apiUrl: 'https://clerk.example', secretId: 'clerk' });
    const { send } = clerkLetters(api, 'https://app.example');
    const outcome = await send(invited.scope, invited.id).catch((error: unknown) => error);
    return { outcome, keys };
  }
  const refusal = (status: number, meta?: object) =>
    Response.json({ errors: [{ code: 'some_code', message: 'No such address.', meta }] }, { status });

  const waiting = { outcome: 'unavailable' };

  it.each([401, 402, 403, 404, 405, 408, 409, 410, 413, 423, 429, 451, 500, 503])(
    'waits for the next run where Clerk answers %i, which says nothing of it',
    async (status) => {
      const { outcome } = await sent(() => refusal(status));
      expect(outcome).toMatchObject(outcome instanceof AppError ? { code: 'identity_unavailable' } : waiting);
    },
  );

  it.each([400, 422])('ends where Clerk refuses its address, with %i and why', async (status) => {
    const failed = { outcome: 'failed', deliveryProblem: 'No such address.' };
    expect((await sent(() => refusal(status))).outcome).toEqual(failed);
    expect((await sent(() => refusal(status, { param_name: 'email_address' }))).outcome).toEqual(failed);
  });

  it('waits where Clerk refuses what all letters have, or says nothing that can be read', async () => {
    expect((await sent(() => refusal(422, { param_name: 'redirect_url' }))).outcome).toEqual(waiting);
    expect((await sent(() => new Response('<html>', { status: 400 }))).outcome).toEqual(waiting);
  });

  it('is sent with the new key at once where Clerk refuses the one that was changed', async () => {
    changed.key = 'new';
    const { outcome, keys } = await sent((key) =>
      key === 'new' ? Response.json({ id: 'inv' }) : refusal(401),
    );
    expect(outcome).toEqual({ outcome: 'sent', providerId: 'inv' });
    expect(keys).toEqual(['old', 'new']);
  });

  it('is tried once where the key is the same', async () => {
    expect(await sent(() => refusal(401))).toEqual({ outcome: waiting, keys: ['old'] });
  });
});
