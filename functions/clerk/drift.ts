import * as z from 'zod/mini';
import { compareLetters, comparePeople, type ListedPerson } from '../../domain/drift/compare.ts';
import type { Difference, DriftSweep } from '../../domain/drift/drift.schema.ts';
import type { ComparedPage, Repair } from '../../domain/drift/run-drift.ts';
import { InvitationId, OrganizationId, UserId } from '../../domain/ids.ts';
import { type ControlPlane, withinOrganization } from '../../domain/table/scope.ts';
import type { IdentityEvent } from '../../domain/user/apply-identity-event.ts';
import { claimsAfter, knownMembers } from '../../domain/user/known-members.ts';
import { type clerkApi, unavailable } from './api.ts';
import type { DeliveryAnswer } from './identity-delivery.ts';
import { linkPerson } from './people.ts';
import { ClerkUser, identityEventOf } from './webhook.ts';

/**
 * Dependencies of the drift check: Clerk, the gateway's view of the table, and the function that applies
 * repairs.
 */
export interface DriftParts {
  readonly clerk: ReturnType<typeof clerkApi>;
  readonly plane: ControlPlane;
  readonly deliver: (identity: IdentityEvent) => Promise<DeliveryAnswer['outcome']>;
  readonly now: () => Date;
}

// Clerk accepts up to 100 ids per request. Source: Clerk Backend API reference, GET /users.
const pageSize = 100;

const ListedUser = z.extend(ClerkUser, { created_at: z.int() });
const ListedInvitation = z.object({
  id: z.string(),
  updated_at: z.int(),
  public_metadata: z.object({
    organizationId: z.catch(z.optional(OrganizationId), undefined),
    invitationId: z.catch(z.optional(InvitationId), undefined),
  }),
});

async function list<Shape extends z.ZodMiniType>(
  { clerk }: DriftParts,
  path: string,
  shape: Shape,
): Promise<z.infer<Shape>[]> {
  const answer = await clerk.call('GET', path);
  if (!answer.ok) throw unavailable(new Error(`Clerk answered ${answer.status}`));
  return z.array(shape).parse(await answer.json());
}

function stateOf(user: ClerkUser): ListedPerson {
  const event = identityEventOf({ type: 'user.updated', data: user });
  if (event.kind !== 'state') throw new Error('a user that is listed is there');
  return event;
}

/** A user's current state at Clerk; null if the account was deleted. */
async function readPerson({ clerk }: DriftParts, userId: string): Promise<ListedPerson | null> {
  const answer = await clerk.call('GET', `/users/${encodeURIComponent(userId)}`);
  if (answer.status === 404) return null;
  if (!answer.ok) throw unavailable(new Error(`Clerk answered ${answer.status}`));
  return stateOf(ClerkUser.parse(await answer.json()));
}

const PeoplePlace = z.tuple([z.int(), z.int()]);

/**
 * One page of Clerk's users, oldest first. Pages start after a creation time rather than an offset, so that
 * deletions don't hide other users. The last user's time is requested again, because others may share it;
 * duplicates are harmless.
 */
async function comparePage(of: DriftParts, after: string | undefined): Promise<ComparedPage> {
  const [since, skip] = after === undefined ? [undefined, 0] : PeoplePlace.parse(JSON.parse(after));
  const query = new URLSearchParams({
    ...{ order_by: '+created_at', limit: String(pageSize), offset: String(skip) },
    ...(since === undefined ? {} : { created_at_after: String(since) }),
  });
  const users = await list(of, `/users?${query}`, ListedUser);
  const differences = await comparePeople(of.plane, users.map(stateOf), of.now());
  const last = users.at(-1);
  if (last === undefined || users.length < pageSize)
    return { compared: users.length, differences, next: null };
  const from = last.created_at - 1;
  const place = from === since ? [since, skip + pageSize] : [from, 0];
  return { compared: users.length, differences, next: JSON.stringify(place) };
}

/**
 * One page of the members that organizations have claimed. A user missing from Clerk's response is looked
 * up individually before their account counts as deleted.
 */
async function compareMembers(of: DriftParts, after: string | undefined): Promise<ComparedPage> {
  const last = after === undefined ? undefined : UserId.parse(after);
  const claims = await claimsAfter(of.plane, last, pageSize);
  if (claims.length === 0) return { compared: 0, differences: [], next: null };
  const ids = new URLSearchParams(claims.map(({ userId }) => ['user_id', userId]));
  const users = await list(of, `/users?limit=${pageSize}&${ids}`, ClerkUser);
  const people = users.map(stateOf);
  const found = await comparePeople(of.plane, people, of.now());
  const there = new Set(people.map(({ userId }) => userId));
  const absent = claims.filter(({ userId }) => !there.has(userId));
  for (const [userId, { organizationId, revision }] of await knownMembers(of.plane, absent)) {
    const person = await readPerson(of, userId);
    if (person === null) found.push({ kind: 'account', of: userId, organizationId, revision });
    else found.push(...(await comparePeople(of.plane, [person], of.now())));
  }
  const next = claims.length < pageSize ? undefined : claims.at(-1);
  return { compared: claims.length, differences: found, next: next?.userId ?? null };
}

const LettersPlace = z.tuple([z.int(), z.string()]);
const overlap = 1;

/**
 * One page of open invitations at Clerk. Clerk pages them by offset only, and accepted ones move the others
 * up. So each page starts with the last row of the previous one; if that row is gone, some may have moved
 * past, and reading resumes half a page earlier.
 */
async function comparePending(of: DriftParts, after: string | undefined): Promise<ComparedPage> {
  const [offset, known] = after === undefined ? [0, ''] : LettersPlace.parse(JSON.parse(after));
  const rowsFrom = (place: number) =>
    list(
      of,
      `/invitations?status=pending&order_by=%2Bcreated_at&limit=${pageSize}&offset=${place}`,
      ListedInvitation,
    );
  let place = offset;
  let rows = await rowsFrom(place);
  if (known !== '' && !rows.some(({ id }) => id === known)) {
    place = Math.max(0, offset - pageSize / 2);
    rows = await rowsFrom(place);
  }
  const differences = await compareLetters(
    of.plane,
    rows.map(({ id, updated_at, public_metadata }) => ({
      ...{ providerId: id, clerkTime: updated_at },
      ...public_metadata,
    })),
  );
  const last = rows.at(-1);
  const next =
    last === undefined || rows.length < pageSize
      ? null
      : JSON.stringify([place + rows.length - overlap, last.id]);
  return { compared: rows.length, differences, next };
}

const sweeps = { people: comparePage, members: compareMembers, letters: comparePending };

/** Compares one page. Throws `identity_unavailable`. */
export const comparePart = (
  of: DriftParts,
  sweep: DriftSweep,
  after: string | undefined,
): Promise<ComparedPage> => sweeps[sweep](of, after);

const reasons = { address_taken: 'address_taken', left_without_admin: 'left_without_admin' } as const;
const reasonOf = (outcome: DeliveryAnswer['outcome']) =>
  outcome === 'address_taken' || outcome === 'left_without_admin' ? reasons[outcome] : 'not_settled';

/**
 * Repairs a difference if Clerk's side is unchanged since the comparison, and on condition that the table's
 * side is too. Differences that remain need a person. Throws `identity_unavailable`.
 */
export async function repair(of: DriftParts, difference: Difference): Promise<Repair> {
  if (difference.kind === 'letter') return await withdraw(of, difference);
  const { kind, clerkTime, organizationId, revision } = difference;
  const userId = UserId.parse(difference.of);
  const person = await readPerson(of, userId);
  if (person?.clerkTime !== clerkTime) return { result: 'moved' };
  if (person === null) {
    const outcome = await of.deliver({ kind: 'deleted', userId, organizationId, revision });
    if (outcome === 'removed' || outcome === 'not_a_member') return { result: 'repaired' };
    return outcome === 'moved' ? { result: 'moved' } : { result: 'needs_person', reason: reasonOf(outcome) };
  }
  let outcome: DeliveryAnswer['outcome'] = 'unchanged';
  const open = (id: OrganizationId) => withinOrganization(of.plane, id);
  if (kind === 'organization') await linkPerson(of.clerk, open, userId, of.now());
  else outcome = await of.deliver({ ...person, revision });
  if (outcome === 'moved' || outcome === 'outdated') return { result: 'moved' };
  const now = await readPerson(of, userId);
  const left = now === null ? [] : await comparePeople(of.plane, [now], of.now());
  return left.some((other) => other.kind === kind)
    ? { result: 'needs_person', reason: reasonOf(outcome) }
    : { result: 'repaired' };
}

/** Revokes an invitation at Clerk if it has ended in the table. */
async function withdraw(of: DriftParts, difference: Difference): Promise<Repair> {
  const { organizationId, invitationId, of: providerId, clerkTime = 0 } = difference;
  const [still] = await compareLetters(of.plane, [{ providerId, clerkTime, organizationId, invitationId }]);
  if (still === undefined || still.revision !== difference.revision) return { result: 'moved' };
  await of.clerk.call('POST', `/invitations/${encodeURIComponent(providerId)}/revoke`);
  return { result: 'repaired' };
}
