import type { Context } from '../context.ts';
import { AppError } from '../errors.ts';
import type { OrganizationId } from '../ids.ts';
import type { Author } from '../table/change-stamp.ts';
import type { OnlyAction } from '../table/item.ts';
import { transact, type Write } from '../table/write.ts';
import { create, fresh } from '../table/writes.ts';
import {
  type AccessDetails,
  AccessEventItem,
  accesses,
  PlatformAccessEventItem,
  platformAccesses,
} from './audit.noun.ts';
import { auditRefusals } from './audit.refusals.ts';

/** In whose trail something is recorded, who did it, perhaps somebody who is no member there, and when. */
interface Recording extends Omit<Context, 'actor'> {
  readonly actor: Author;
}

/** How long an event stays: longer than any session, which must not begin twice. */
const keptSeconds = 30 * 86_400;
const expiry = (now: Date): number => Math.floor(now.getTime() / 1000) + keptSeconds;

/** Writes an event, once: one that is there already stays as it is. */
async function once({ scope }: Recording, event: Write): Promise<void> {
  try {
    await transact(scope, [event]);
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'already_exists')) throw error;
  }
}

/** An event beside its kind, which says its action and what its `about` begins with. */
interface Event {
  readonly eventKey: string;
  /** Id of what it is about. */
  readonly id: string;
  readonly access: AccessDetails;
}

const valuesOf = <Partition extends string>(
  { now }: Recording,
  partition: Partition,
  { about }: OnlyAction,
  { id, ...event }: Event,
) => ({ ...event, partition, about: `${about}${id}`, expiresAt: expiry(now) });

/** The write of an event, which may be in the trail of any organization. */
const eventWrite = (ctx: Recording, partition: keyof typeof accesses, event: Event): Write => {
  const kind = accesses[partition];
  const item = fresh(ctx, AccessEventItem, valuesOf(ctx, partition, kind, event), kind.action);
  return create(ctx.scope, AccessEventItem, item, auditRefusals.access_event_exists);
};

/** The same of one that only the platform's trail has. */
const platformEventWrite = (
  ctx: Recording,
  partition: keyof typeof platformAccesses,
  event: Event,
): Write => {
  const kind = platformAccesses[partition];
  const item = fresh(ctx, PlatformAccessEventItem, valuesOf(ctx, partition, kind, event), kind.action);
  return create(ctx.scope, PlatformAccessEventItem, item, auditRefusals.access_event_exists);
};

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
export const recordRefusal = (ctx: Recording, { route, access, kind, times }: Refusal): Promise<void> =>
  once(
    ctx,
    eventWrite(ctx, 'access#refused', {
      eventKey: `refused#${ctx.actor.by}#${ctx.now.toISOString().slice(0, 13)}#${kind}#${times}`,
      id: route,
      access: times === 1 ? access : { ...access, times },
    }),
  );

/** Records that somebody's session has begun, once a session. */
export const recordSession = (ctx: Context, sessionId: string): Promise<void> =>
  once(
    ctx,
    eventWrite(ctx, 'access', {
      eventKey: `session#${sessionId}`,
      id: sessionId,
      access: {},
    }),
  );

/** Records that somebody took the audit trail away, and what it was limited to. */
export const recordExport = (ctx: Context, filter: Readonly<Record<string, string>>): Promise<void> =>
  once(
    ctx,
    eventWrite(ctx, 'access#exported', {
      eventKey: `exported#${ctx.actor.requestId}`,
      id: ctx.scope.organizationId,
      access: { filter },
    }),
  );

/**
 * Records for the super admin, once an invitation, that a member of one organization accepted the invitation
 * of another one. Neither organization is told of the other.
 * @param ctx its scope is the platform's, where the super admin reads it
 */
export const recordMemberElsewhere = (
  ctx: Recording,
  {
    organizationId,
    invitationId,
  }: { readonly organizationId: OrganizationId; readonly invitationId: string },
): Promise<void> =>
  once(
    ctx,
    platformEventWrite(ctx, 'access#elsewhere', {
      eventKey: `elsewhere#${invitationId}`,
      id: invitationId,
      access: { organizationId, code: 'member_elsewhere' },
    }),
  );

/**
 * Records that somebody asked for runs of the usage function.
 * @param ctx its scope is the platform's
 */
export const recordUsageRunRequest = (
  ctx: Context,
  { due, period }: { readonly due: string; readonly period: string },
): Promise<void> =>
  once(
    ctx,
    platformEventWrite(ctx, 'access#usage-run', {
      eventKey: `usage-run#${ctx.actor.requestId}`,
      id: due,
      access: { filter: { period } },
    }),
  );
