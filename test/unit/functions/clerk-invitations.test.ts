import { afterEach, describe, expect, it, vi } from 'vitest';
import { newInvitationId, newOrganizationId } from '../../../domain/ids.ts';
import { clerkInvitations } from '../../../functions/clerk/invitations.ts';

const changed = vi.hoisted((): { key: string | null } => ({ key: null }));
vi.mock(import('../../../functions/aws/secrets.ts'), () => ({
  secret: async () => '{"secretKey":"old"}',
  changedSecret: async () => changed.key && JSON.stringify({ secretKey: changed.key }),
}));
afterEach(() => {
  vi.unstubAllGlobals();
  changed.key = null;
});

const settings = { apiUrl: 'https://clerk.example', secretId: 'clerk', appOrigin: 'https://app.example' };
const email = 'pat@person.example';
const own = newOrganizationId(new Date());
const other = newOrganizationId(new Date());
const invitation = newInvitationId(new Date());
const earlier = newInvitationId(new Date());

interface Known {
  readonly account?: object;
  readonly letter?: object;
}

/** Whether the address is taken where Clerk has an account or an open letter with these metadata. */
async function taken({ account, letter }: Known, invitationId?: typeof invitation) {
  vi.stubGlobal('fetch', async (address: string) => {
    const found = address.includes('/users') ? account : letter;
    return Response.json(found === undefined ? [] : [{ email_address: email, public_metadata: found }]);
  });
  return await clerkInvitations(settings).isTaken(email, own, invitationId);
}

describe('an address', () => {
  it('is free where nobody has it, or whoever has it is in no organization', async () => {
    expect(await taken({})).toBe(false);
    expect(await taken({ account: {} })).toBe(false);
  });

  it('is taken by a member of another organization, and by a letter of another', async () => {
    expect(await taken({ account: { organizationId: other } })).toBe(true);
    expect(await taken({ letter: { organizationId: other } })).toBe(true);
  });

  it('is left to the organization itself where that is the one that has it', async () => {
    const at = { organizationId: own, invitationId: earlier };
    expect(await taken({ account: at })).toBe(false);
    expect(await taken({ letter: at })).toBe(false);
  });

  it('is free for the invitation that its account came by, and taken for others, when one is named', async () => {
    const late = { organizationId: own, invitationId: invitation };
    expect(await taken({ account: late, letter: late }, invitation)).toBe(false);
    const at = { organizationId: own, invitationId: earlier };
    expect(await taken({ account: at }, invitation)).toBe(true);
    // A letter may outlive its invitation: which of them holds the address, the table says.
    expect(await taken({ letter: at }, invitation)).toBe(false);
  });

  it('is asked for in both forms of its domain, in one round trip', async () => {
    const asked: string[] = [];
    vi.stubGlobal('fetch', async (address: string) => {
      asked.push(decodeURIComponent(address));
      const letter = { email_address: 'Info@почта.рф', public_metadata: { organizationId: other } };
      return Response.json(address.includes('/users') ? [] : [letter]);
    });
    expect(await clerkInvitations(settings).isTaken('info@xn--80a1acny.xn--p1ai', own)).toBe(true);
    expect(asked).toEqual([
      expect.stringContaining('email_address=info@xn--80a1acny.xn--p1ai&email_address=info@почта.рф'),
      expect.stringContaining('query=info@xn--80a1acny.xn--p1ai'),
      expect.stringContaining('query=info@почта.рф'),
    ]);
  });
});

describe('a letter', () => {
  /** Sends one where Clerk answers so; tells what became of it, and with which keys Clerk was asked. */
  async function sent(answer: (key: string) => Response) {
    const keys: string[] = [];
    vi.stubGlobal('fetch', async (_: string, { headers }: RequestInit) => {
      const key = new Headers(headers).get('authorization')?.slice('Bearer '.length) ?? '';
      keys.push(key);
      return answer(key);
    });
    const letter = { organizationId: own, invitationId: invitation, email, expiresInDays: 14 };
    return { delivery: await clerkInvitations(settings).send(letter), keys };
  }
  const refusal = (status: number, meta?: object) =>
    Response.json({ errors: [{ code: 'some_code', message: 'No such address.', meta }] }, { status });

  it.each([401, 402, 403, 404, 405, 408, 409, 410, 413, 423, 429, 451, 500, 503])(
    'waits for the next run where Clerk answers %i, which says nothing of it',
    async (status) => {
      expect((await sent(() => refusal(status))).delivery).toEqual({ delivery: 'queued' });
    },
  );

  it.each([400, 422])('ends where Clerk refuses its address, with %i and why', async (status) => {
    const failed = { delivery: 'failed', deliveryProblem: 'No such address.' };
    expect((await sent(() => refusal(status))).delivery).toEqual(failed);
    expect((await sent(() => refusal(status, { param_name: 'email_address' }))).delivery).toEqual(failed);
  });

  it('waits where Clerk refuses what all letters have, or says nothing that can be read', async () => {
    const waiting = { delivery: 'queued' };
    expect((await sent(() => refusal(422, { param_name: 'redirect_url' }))).delivery).toEqual(waiting);
    expect((await sent(() => new Response('<html>', { status: 400 }))).delivery).toEqual(waiting);
  });

  it('is sent with the new key at once where Clerk refuses the one that was changed', async () => {
    changed.key = 'new';
    const { delivery, keys } = await sent((key) =>
      key === 'new' ? Response.json({ id: 'inv' }) : refusal(401),
    );
    expect(delivery).toEqual({ delivery: 'sent', providerId: 'inv' });
    expect(keys).toEqual(['old', 'new']);
  });

  it('is tried once where the key is the same', async () => {
    expect(await sent(() => refusal(401))).toEqual({ delivery: { delivery: 'queued' }, keys: ['old'] });
  });
});
