import { createHmac, timingSafeEqual } from 'node:crypto';
import * as z from 'zod/mini';
import { OrganizationId, UserId } from '../ids.ts';
import { type MailKind, mailKinds } from './mail-settings.schema.ts';

/** Whose mail of which kind a token turns off. It does nothing else. */
export interface Unsubscribing {
  readonly organizationId: OrganizationId;
  readonly userId: UserId;
  readonly mail: MailKind;
}

/** For so many days a link is good; laws ask for 30 and more. */
const lastsDays = 180;
const dayMs = 86_400_000;

const Payload = z.tuple([OrganizationId, UserId, z.enum(mailKinds), z.coerce.number()]);

// Named, so that nothing else that this key might sign one day is taken for it.
const sign = (key: string, payload: string): Buffer =>
  createHmac('sha256', key).update(`unsubscribe\n${payload}`).digest();

/** The token of a mail that is sent now: who and what, the day, and a signature (HMAC-SHA256). */
export function sealUnsubscribing({ organizationId, userId, mail }: Unsubscribing, key: string, now: Date) {
  const payload = [organizationId, userId, mail, Math.floor(now.getTime() / dayMs)].join('.');
  return `${payload}.${sign(key, payload).toString('base64url')}`;
}

/** What a token asks for; null for one that we haven't signed, or not lately. */
export function openUnsubscribing(token: string, key: string, now: Date): Unsubscribing | null {
  const end = token.lastIndexOf('.');
  const payload = token.slice(0, Math.max(end, 0));
  const given = Buffer.from(token.slice(end + 1), 'base64url');
  const expected = sign(key, payload);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
  const { data } = Payload.safeParse(payload.split('.'));
  if (data === undefined) return null;
  const [organizationId, userId, mail, day] = data;
  return now.getTime() / dayMs - day > lastsDays ? null : { organizationId, userId, mail };
}
