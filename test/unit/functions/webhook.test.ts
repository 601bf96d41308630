import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { emailAddress, personName } from '../../../domain/text.schema.ts';
import {
  ClerkEvent,
  identityEventOf,
  verifyWebhook,
  webhookVerifier,
} from '../../../functions/clerk/webhook.ts';

const secrets = vi.hoisted((): { kept: string; changed: string | null } => ({ kept: '', changed: null }));
vi.mock(import('../../../functions/aws/secrets.ts'), () => ({
  secret: async () => secrets.kept,
  changedSecret: async () => secrets.changed,
}));
afterEach(() => {
  secrets.changed = null;
});

const signingSecret = `whsec_${Buffer.from('a webhook key for this test only').toString('base64')}`;
const now = new Date('2026-11-24T12:00:00.000Z');
const body = '{"type":"user.deleted","data":{"id":"user_1"}}';
const signed = (text = body, at = now) => ({
  'svix-id': 'msg_1',
  'svix-timestamp': String(at.getTime() / 1000),
  'svix-signature': new Webhook(signingSecret).sign('msg_1', at, text),
});
const refusal = expect.objectContaining({ code: 'unauthenticated' });

describe("Clerk's webhook", () => {
  it('is accepted when signed, also with several signatures', () => {
    const headers = signed();
    const rotated = { ...headers, 'svix-signature': `v1,AAAA ${headers['svix-signature']}` };
    expect(() => verifyWebhook({ headers, body, signingSecret, now })).not.toThrow();
    expect(() => verifyWebhook({ headers: rotated, body, signingSecret, now })).not.toThrow();
  });

  it('is refused unsigned, with another body, or with another secret', () => {
    const other = `whsec_${Buffer.from('another key').toString('base64')}`;
    expect(() => verifyWebhook({ headers: {}, body, signingSecret, now })).toThrow(refusal);
    expect(() => verifyWebhook({ headers: signed(), body: `${body} `, signingSecret, now })).toThrow(refusal);
    expect(() => verifyWebhook({ headers: signed(), body, signingSecret: other, now })).toThrow(refusal);
  });

  it('is refused when replayed after five minutes, from the future, or with a time that is none', () => {
    const at = (seconds: number) => signed(body, new Date(now.getTime() + seconds * 1000));
    const verify = (headers: ReturnType<typeof signed>) => () =>
      verifyWebhook({ headers, body, signingSecret, now });
    for (const seconds of [-300, 0, 300]) expect(verify(at(seconds))).not.toThrow();
    for (const seconds of [-301, 301, 86_400]) expect(verify(at(seconds))).toThrow(refusal);
    for (const time of ['soon', '', '0x66', '1.7e9'])
      expect(verify({ ...signed(), 'svix-timestamp': time })).toThrow(refusal);
  });

  it('is verified by the changed secret where the kept one doesn’t fit, and refused where neither does', async () => {
    const other = `whsec_${Buffer.from('another key').toString('base64')}`;
    const verify = () => webhookVerifier('webhook')({ headers: signed(), body, now });
    secrets.kept = JSON.stringify({ signingSecret: other });
    await expect(verify()).rejects.toMatchObject({ code: 'unauthenticated' });
    secrets.changed = JSON.stringify({ signingSecret: other });
    await expect(verify()).rejects.toMatchObject({ code: 'unauthenticated' });
    secrets.changed = JSON.stringify({ signingSecret });
    expect(await verify()).toBe('msg_1');
  });

  it('tells an address that is primary and verified, and no other', () => {
    const told = (status: string | null | undefined, primary = 'idn_1') =>
      identityEventOf(
        ClerkEvent.parse({
          type: 'user.created',
          data: {
            ...{ id: 'user_1', primary_email_address_id: primary, public_metadata: {}, updated_at: 1 },
            email_addresses: [
              {
                ...{ id: 'idn_1', email_address: 'Pat@Person.example' },
                ...(status === undefined ? {} : { verification: { status } }),
              },
              { id: 'idn_2', email_address: 'ceo@person.example', verification: { status: 'unverified' } },
            ],
          },
        }),
      );
    expect(told('verified')).toMatchObject({ email: 'pat@person.example' });
    for (const status of ['unverified', 'expired', 'failed', null, undefined])
      expect(told(status)).not.toHaveProperty('email');
    for (const primary of ['idn_2', 'idn_3']) expect(told('verified', primary)).not.toHaveProperty('email');
  });

  it('tells times in milliseconds, whether Clerk sent seconds or milliseconds', () => {
    const event = (updated_at: number) =>
      ClerkEvent.parse({
        type: 'user.updated',
        data: {
          id: 'user_1',
          primary_email_address_id: null,
          email_addresses: [],
          public_metadata: {},
          updated_at,
        },
      });
    expect(event(1_790_000_000)).toEqual(event(1_790_000_000_000));
  });

  /** An event about a Clerk user with this name and verified address. */
  const told = (first_name: unknown, email_address = 'ann@example.com') => {
    const email = { id: 'idn_1', email_address, verification: { status: 'verified' } };
    const data = { id: 'user_1', primary_email_address_id: 'idn_1', email_addresses: [email], first_name };
    const event = {
      type: 'user.updated',
      data: { ...data, public_metadata: {}, updated_at: 1_790_000_000_000 },
    };
    return identityEventOf(ClerkEvent.parse(event));
  };

  it('tells of a second factor, and nothing where Clerk says nothing usable', () => {
    const data = { id: 'user_1', primary_email_address_id: null, email_addresses: [], public_metadata: {} };
    const said = (more: object) =>
      identityEventOf(
        ClerkEvent.parse({ type: 'user.updated', data: { ...data, updated_at: 1_790_000_000_000, ...more } }),
      );
    for (const twoFactor of [true, false])
      expect(said({ two_factor_enabled: twoFactor })).toMatchObject({ twoFactor });
    for (const more of [{}, { two_factor_enabled: null }, { two_factor_enabled: 'yes' }])
      expect(said(more)).not.toHaveProperty('twoFactor');
  });

  it('tells a name by the rules of names, and none where nothing usable is in it', () => {
    expect(told(' Ann\u200B ')).toMatchObject({ name: 'Ann' });
    expect(told(`${'a'.repeat(119)}🚀`)).toMatchObject({ name: 'a'.repeat(119) });
    for (const odd of ['\u202Ennaa', '\u200B', 'Ann\u0000', '\uD83D', 7, null])
      expect(told(odd)).not.toHaveProperty('name');
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        const event = told(text);
        if ('name' in event && event.name !== undefined)
          expect(personName.parse(event.name)).toBe(event.name);
      }),
    );
  });

  it('tells a verified address in the form it is kept in, and none that the product doesn’t take', () => {
    expect(told('Ann', 'Info@почта.рф')).toMatchObject({ email: emailAddress.parse('info@почта.рф') });
    expect(told('Ann', '\u212Aann@example.com')).not.toHaveProperty('email');
  });
});
