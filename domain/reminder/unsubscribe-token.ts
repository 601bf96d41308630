import { createHmac, timingSafeEqual } from 'node:crypto';
import * as z from 'zod/mini';
import { OrganizationId, UserId } from '../ids.ts';
import { type MailKind, mailKinds } from './mail-settings.schema.ts';

/** Identifies the user and the kind of email that a token turns off. It allows nothing else. */
export interface Unsubscribing {
  readonly organizationId: OrganizationId;
  readonly userId: UserId;
  readonly mail: MailKind;
}

/** How many days a link is valid; laws require 30 or more. */
const lastsDays = 180;
const dayMs = 86_400_000;

const Payload = z.tuple([OrganizationId, UserId, z.enum(mailKinds), z.coerce.number()]);

// A signature context, so that nothing else signed with this key is ever accepted as a token.
const sign = (key: string, payload: string): Buffer =>
  createHmac('sha256', key).update(`unsubscribe\n${payload}`).digest();

/** The token for an email sent now: user, kind and day, with an HMAC-SHA256 signature. */
export function sealUnsubscribing({ organizationId, userId, mail }: Unsubscribing, key: string, now: Date) {
  const payload = [organizationId, userId, mail, Math.floor(now.getTime() / dayMs)].join('.');
  return `${payload}.${sign(key, payload).toString('base64url')}`;
}

/** The content of a token; null if its signature is invalid or it has expired. */
export function openUnsubscribing(token: string, key: string, now: Date): Unsubscribing | null {
  const end = token.lastIndexOf('.');
  const payload = token.slice(0, Math.max(end, 0));
  const given = Buffer.from(token.slice(end + 1), 'base64url');
  const expected = sign(key, payload);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
  const { data } = Payload.safeParse(payload.split('.'));
  if (data === undefined) return null;
  const [organizationId, userId, mail, day] = data;
  return Math.floor(now.getTime() / dayMs) - day > lastsDays ? null : { organizationId, userId, mail };
}
