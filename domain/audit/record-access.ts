import type { Context } from '../context.ts';
import { AppError } from '../errors.ts';
import type { OrganizationId } from '../ids.ts';
import type { Author } from '../table/change-stamp.ts';
import type { OnlyAction } from '../table/item.ts';
import { transact, type Write } from '../table/transaction.ts';
import { create, fresh } from '../table/writes.ts';
import {
  type AccessDetails,
  AccessEventItem,
  accesses,
  PlatformAccessEventItem,
  platformAccesses,
} from './audit.noun.ts';
import { auditRefusals } from './audit.refusals.ts';

/** The audit log that records an event, its actor (who may not be a member there), and its time. */
interface Recording extends Omit<Context, 'actor'> {
  readonly actor: Author;
}

/** How long an event is kept: longer than any session, because it marks the session's start as recorded. */
const keptSeconds = 30 * 86_400;
const expiry = (now: Date): number => Math.floor(now.getTime() / 1000) + keptSeconds;

/** Writes an event once; an existing one is kept. */
async function once({ scope }: Recording, event: Write): Promise<void> {
  try {
    await transact(scope, [event]);
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'already_exists')) throw error;
  }
}

/** An event without its kind, which determines its action and the prefix of its `about`. */
interface Event {
  readonly eventKey: string;
  /** The subject's id. */
  readonly id: string;
  readonly access: AccessDetails;
}

const valuesOf = <Partition extends string>(
  { now }: Recording,
  partition: Partition,
  { about }: OnlyAction,
  { id, ...event }: Event,
) => ({ ...event, partition, about: `${about}${id}`, expiresAt: expiry(now) });

/** The write of an event that any organization's audit log may contain. */
const eventWrite = (ctx: Recording, partition: keyof typeof accesses, event: Event): Write => {
  const kind = accesses[partition];
  const item = fresh(ctx, AccessEventItem, valuesOf(ctx, partition, kind, event), kind.action);
  return create(ctx.scope, AccessEventItem, item, auditRefusals.access_event_exists);
};

/** The write of an event that only the platform's audit log contains. */
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
  /** The route's name in the route table. */
  readonly route: string;
  readonly access: AccessDetails;
  /** Refusals with the same user, hour and `kind` are counted together. */
  readonly kind: string;
  /** Its number within that count, from 1. */
  readonly times: number;
}

/**
 * Records that a request was refused. Refusals of the same user, kind and hour (UTC) are counted together:
 * the first, the tenth, the hundredth and so on are written, with their number. So an hour has only a few
 * entries, however often a user is refused.
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

/** Records the start of a session, once per session. */
export const recordSession = (ctx: Context, sessionId: string): Promise<void> =>
  once(
    ctx,
    eventWrite(ctx, 'access', {
      eventKey: `session#${sessionId}`,
      id: sessionId,
      access: {},
    }),
  );

/** Records an export of the audit log, with its filter. */
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
 * Records that a user got the URL of an export.
 * @param of whose data it contains: the organization's, or one person's
 */
export const recordDownload = (ctx: Context, of: string = ctx.scope.organizationId): Promise<void> =>
  once(
    ctx,
    eventWrite(ctx, 'access#downloaded', {
      eventKey: `downloaded#${ctx.actor.requestId}`,
      id: of,
      access: {},
    }),
  );

/**
 * Records that a super admin viewed an item, or a list of a kind, in support access: once an hour (UTC) for
 * each.
 */
export const recordSeen = (
  ctx: Context,
  supportAccess: string,
  access: Pick<AccessDetails, 'thing' | 'viewedAs'> & { readonly seen: string },
): Promise<void> => {
  const { seen, thing = '', viewedAs = '' } = access;
  const hour = ctx.now.toISOString().slice(0, 13);
  return once(
    ctx,
    eventWrite(ctx, 'access#seen', {
      eventKey: ['seen', supportAccess, hour, viewedAs, seen, thing].join('#'),
      id: supportAccess,
      access,
    }),
  );
};

/** Records that a checkpoint of the audit log was requested. */
export const recordCheckpointRequest = (ctx: Context): Promise<void> =>
  once(
    ctx,
    eventWrite(ctx, 'access#checkpoint', {
      eventKey: `checkpoint#${ctx.actor.requestId}`,
      id: ctx.scope.organizationId,
      access: {},
    }),
  );

/**
 * Records for the super admin, once per invitation, that a member of one organization accepted an
 * invitation to another. Neither organization learns of the other.
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
 * Records that runs of the usage function were requested.
 * @param ctx its scope is the platform's
 */
export const recordUsageRunRequest = (
  ctx: Context,
  { due, filter }: { readonly due: string; readonly filter: Readonly<Record<string, string>> },
): Promise<void> =>
  once(
    ctx,
    platformEventWrite(ctx, 'access#usage-run', {
      eventKey: `usage-run#${ctx.actor.requestId}`,
      id: due,
      access: { filter },
    }),
  );
