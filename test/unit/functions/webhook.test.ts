import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { emailAddress, personName } from '../../../domain/text.schema.ts';
import { ClerkEvent, identityEventOf, verifyWebhook } from '../../../functions/clerk/webhook.ts';

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

  it('is refused when replayed after five minutes, or with a time that is none', () => {
    const old = signed(body, new Date(now.getTime() - 301_000));
    expect(() => verifyWebhook({ headers: old, body, signingSecret, now })).toThrow(refusal);
    const timeless = { ...signed(), 'svix-timestamp': 'soon' };
    expect(() => verifyWebhook({ headers: timeless, body, signingSecret, now })).toThrow(refusal);
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

  /** What an event tells of somebody whom Clerk knows under this name and verified address. */
  const told = (first_name: unknown, email_address = 'ann@example.com') => {
    const email = { id: 'idn_1', email_address, verification: { status: 'verified' } };
    const data = { id: 'user_1', primary_email_address_id: 'idn_1', email_addresses: [email], first_name };
    const event = {
      type: 'user.updated',
      data: { ...data, public_metadata: {}, updated_at: 1_790_000_000_000 },
    };
    return identityEventOf(ClerkEvent.parse(event));
  };

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
