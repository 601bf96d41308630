import { trailOf } from '../audit/list-trail.ts';
import type { AuditPosition } from '../audit/paginate-trail.ts';
import type { Context } from '../context.ts';
import type { UserId } from '../ids.ts';
import type { Item } from '../table/query.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { findUser } from '../user/find-user.ts';
import { wasRemoved } from '../user/restore-user.ts';
import { userRefusals } from '../user/user.refusals.ts';
import { textsIn } from './eraser.ts';

/** The data subject: their id, and the addresses that they had in the organization. */
export interface Person {
  readonly userId: UserId;
  /** In lower case. */
  readonly emails: readonly string[];
  /** Their current and former names, the latest ones if there are very many. */
  readonly names: readonly string[];
}

/** The number of names that are remembered: users can change theirs as often as they like. */
const mostNames = 50;

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array);

/** Whether a value refers to a person by an address, or by their id, alone or as part of a key. */
export function names({ userId, emails }: Pick<Person, 'userId' | 'emails'>, value: unknown): boolean {
  for (const text of textsIn(value))
    if (text.split(/[#/]/).includes(userId) || emails.includes(text.toLowerCase())) return true;
  return false;
}

const imagesOf = ({ details }: Readonly<Record<string, unknown>>): unknown[] =>
  isRecord(details) ? [details.before, details.after] : [];

const textIn = (value: unknown, field: string): string[] => {
  const found = isRecord(value) ? value[field] : undefined;
  return typeof found === 'string' && found !== '' ? [found] : [];
};

/** Addresses and names of one person. */
type Called = Pick<Person, 'emails' | 'names'>;

const learnt = ({ emails, names }: Called, states: readonly unknown[]): Called => ({
  emails: [
    ...new Set([
      ...emails,
      ...states.flatMap((state) => textIn(state, 'email')).map((email) => email.toLowerCase()),
    ]),
  ],
  names: [...new Set([...names, ...states.flatMap((state) => textIn(state, 'name'))])].slice(-mostNames),
});

/** A person's current address and name; none for removed users. */
export const nowCalled = async (scope: OrganizationScope, userId: UserId): Promise<Called> =>
  learnt({ emails: [], names: [] }, [await findUser(scope, userId)]);

/** The same, with the addresses and names that entries of the audit log give the person. */
export const calledIn = (entries: readonly Item[], userId: UserId, known: Called): Called =>
  entries.reduce(
    (called: Called, entry) =>
      learnt(called, [
        ...(entry.resource === `user/${userId}` ? imagesOf(entry) : []),
        ...(entry.userId === userId ? [{ name: entry.actorName }] : []),
      ]),
    known,
  );

/**
 * Returns the person without the addresses and names that other members have now: an address may have been
 * reassigned, and two people may have the same name.
 */
export function sparing<Known extends Pick<Person, 'emails' | 'names'> & { readonly userId: string }>(
  person: Known,
  members: readonly { readonly userId: string; readonly email: string; readonly name?: string | undefined }[],
): Known {
  const others = members.filter(({ userId }) => userId !== person.userId);
  const theirs = new Set(others.map(({ email }) => email.toLowerCase()));
  const called = new Set(others.map(({ name }) => name));
  return {
    ...person,
    emails: person.emails.filter((email) => !theirs.has(email)),
    names: person.names.filter((name) => !called.has(name)),
  };
}

/** The same value, without the addresses and devices of other users who made the changes. */
export function withoutDevices(value: unknown, userId: UserId): unknown {
  if (Array.isArray(value)) return value.map((part) => withoutDevices(part, userId));
  if (!isRecord(value) || value instanceof Set) return value;
  const { ip: _, userAgent: __, ...rest } = value;
  const isOwn = value.by === userId || (value.by === undefined && value.userId === userId);
  return Object.fromEntries(
    Object.entries(isOwn ? value : rest).map(([name, part]) => [name, withoutDevices(part, userId)]),
  );
}

/** Pages of the audit log, of 3,000 entries each, that a request searches for a former member. */
const mostPages = 10;

/**
 * Throws `not_found` unless the organization knows a user: as a member, from a deletion record, or from its
 * audit log. A log that is too long for one request counts as knowing them; the background run then decides.
 * @param since the organization's creation (ISO 8601)
 */
export async function requireKnown({ scope, now }: Context, userId: UserId, since: string): Promise<void> {
  if ((await findUser(scope, userId)) !== null) return;
  if (await wasRemoved(scope, userId)) return;
  let position: AuditPosition | undefined;
  for (let pages = 0; pages < mostPages; pages += 1) {
    const filter = { about: `user/${userId}` };
    const { entries, next } = await trailOf(scope, { filter, since, position, limit: 1, now });
    if (entries.length > 0) return;
    if (next === null) throw userRefusals.user_not_found();
    position = next;
  }
}
