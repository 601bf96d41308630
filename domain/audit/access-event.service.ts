import type { Actor } from '../actor.ts';
import { AppError } from '../errors.ts';
import { type Author, created } from '../table/change-stamp.ts';
import { entityOf } from '../table/entity.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { put, transact } from '../table/write.ts';
import { type AccessDetails, AccessEventItem } from './audit.noun.ts';

interface AccessEvent {
  readonly partition:
    | 'access'
    | 'access#refused'
    | 'access#elsewhere'
    | 'access#exported'
    | 'access#usage-run';
  readonly eventKey: string;
  readonly about: string;
  readonly action: string;
  readonly access: AccessDetails;
}

/** How long an event stays: longer than any session, which must not begin twice. */
const keptSeconds = 30 * 86_400;

/** Records an event, once: one that is there already stays as it is. */
async function record(
  scope: OrganizationScope,
  author: Author,
  { action, ...event }: AccessEvent,
  now: Date,
): Promise<void> {
  const item = entityOf(AccessEventItem).create({
    organizationId: scope.organizationId,
    ...event,
    expiresAt: Math.floor(now.getTime() / 1000) + keptSeconds,
    ...created(author, action, now),
  });
  try {
    await transact(scope, [put(scope, item, () => new AppError('already_exists', 'The event is there.'))]);
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'already_exists')) throw error;
  }
}

interface Refusal {
  /** Name in the route table. */
  readonly route: string;
  readonly access: AccessDetails;
  /** What is one with others of the same person and hour. */
  readonly kind: string;
  /** The how-manieth it is. */
  readonly times: number;
}

/**
 * Records that somebody was refused. Refusals of a person, kind and hour (UTC) are one: the first leaves a
 * line, and the tenth, the hundredth and so on say how many they have become. However long somebody is
 * refused, an hour has a few lines.
 */
export const recordRefusal = (
  scope: OrganizationScope,
  author: Author,
  { route, access, kind, times }: Refusal,
  now: Date,
): Promise<void> =>
  record(
    scope,
    author,
    {
      partition: 'access#refused',
      eventKey: `refused#${author.by}#${now.toISOString().slice(0, 13)}#${kind}#${times}`,
      about: `route/${route}`,
      action: 'access.refused',
      access: times === 1 ? access : { ...access, times },
    },
    now,
  );

/** Records that somebody's session has begun, once a session. */
export const recordSession = (
  scope: OrganizationScope,
  actor: Actor,
  sessionId: string,
  now: Date,
): Promise<void> =>
  record(
    scope,
    actor,
    {
      partition: 'access',
      eventKey: `session#${sessionId}`,
      about: `session/${sessionId}`,
      action: 'session.started',
      access: {},
    },
    now,
  );

/**
 * Records for the super admin, once an invitation, that a member of one organization accepted the invitation
 * of another one. Neither organization is told of the other.
 * @param platform where the super admin reads it
 */
export const recordMemberElsewhere = (
  platform: OrganizationScope,
  author: Author,
  { organizationId, invitationId }: { readonly organizationId: string; readonly invitationId: string },
  now: Date,
): Promise<void> =>
  record(
    platform,
    author,
    {
      partition: 'access#elsewhere',
      eventKey: `elsewhere#${invitationId}`,
      about: `invitation/${invitationId}`,
      action: 'invitation.member-elsewhere',
      access: { organizationId, code: 'member_elsewhere' },
    },
    now,
  );

/** Records that somebody took the audit trail away. */
export const recordExport = (
  scope: OrganizationScope,
  actor: Actor,
  filter: Readonly<Record<string, string>>,
  now: Date,
): Promise<void> =>
  record(
    scope,
    actor,
    {
      partition: 'access#exported',
      eventKey: `exported#${actor.requestId}`,
      about: `audit/${scope.organizationId}`,
      action: 'audit.exported',
      access: { filter },
    },
    now,
  );

/** Records that somebody asked for runs of the usage function. */
export const recordUsageRunRequest = (
  scope: OrganizationScope,
  actor: Actor,
  { due, period }: { readonly due: string; readonly period: string },
  now: Date,
): Promise<void> =>
  record(
    scope,
    actor,
    {
      partition: 'access#usage-run',
      eventKey: `usage-run#${actor.requestId}`,
      about: `usage-run/${due}`,
      action: 'usage-run.requested',
      access: { filter: { period } },
    },
    now,
  );
