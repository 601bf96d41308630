import { noun } from '../noun.ts';
import { item, number, type OnlyAction, optional, text, value } from '../table/item.ts';
import { directoryIndex } from '../table/layout.ts';
import type { AuditEntry } from './audit.schema.ts';

/** What was asked for. Ids and names of routes only: nothing of what was sent. */
export interface AccessDetails {
  /** `GET /api/organizations/{organizationId}/audit`. */
  readonly route?: string;
  /** The permission that was missing or used: `list AuditEntry`. */
  readonly asked?: string;
  /** The ids in the path, by the names of the route's parameters. */
  readonly path?: Readonly<Record<string, string>>;
  /** Code of the refusal. */
  readonly code?: string;
  /** At least so many refusals of this kind had the person in the hour by then. */
  readonly times?: number;
  /** The organization that an outsider's token names. */
  readonly organizationId?: string;
  /** What an export was limited to, or runs are to compute. */
  readonly filter?: Readonly<Record<string, string>>;
}

/**
 * What may be recorded in any trail. The kind of an access event is its partition, where a policy can tell who
 * may put it (`partitionPatterns` in `table/layout.ts`); the kind alone decides its action. Sessions have the
 * first name there was.
 */
export const accesses = {
  access: { action: 'session.started', about: 'session/' },
  'access#refused': { action: 'access.refused', about: 'route/' },
  'access#exported': { action: 'audit.exported', about: 'audit/' },
} as const;

/** What only the platform records: runs that it asks for, and who is a member of another organization. */
export const platformAccesses = {
  'access#usage-run': { action: 'usage-run.requested', about: 'usage-run/' },
  'access#elsewhere': { action: 'invitation.member-elsewhere', about: 'invitation/' },
} as const;

/** The declaration of access events of these kinds. */
const accessEvent = <const Kinds extends Readonly<Record<string, OnlyAction>>>(kinds: Kinds) =>
  ({
    name: 'accessEvent',
    key: ['{organizationId}#{partition}', '{eventKey}'],
    attributes: {
      partition: text<Extract<keyof Kinds, string>>(),
      /** The same key is the same event, however often it is recorded. */
      eventKey: text(),
      /** What the entry is about: `<noun>/<id>`. */
      about: text(),
      access: value<AccessDetails>(),
      /** Time to live, seconds since the epoch. */
      expiresAt: number(),
    },
    oneOf: { partition: Object.keys(kinds) },
    trail: {
      unstampedNoun: 'access',
      onlyAction: kinds,
      actions: Object.values(kinds).map(({ action }): Kinds[keyof Kinds]['action'] => action),
      shows: ['access'],
      hides: ['partition', 'eventKey', 'about', 'expiresAt'],
    },
  }) as const;

/**
 * Something that was asked for and changed nothing: the stream makes an audit entry of it, then it expires.
 */
export const AccessEventItem = item(accessEvent(accesses));

export const PlatformAccessEventItem = item({ ...accessEvent(platformAccesses), isPlatforms: true });

/**
 * One entry of the audit trail, and its row in the platform's feed of all. Put once, by the writer only;
 * never changed.
 */
export const AuditItem = item({
  name: 'auditEntry',
  key: ['{organizationId}#audit#{month}', '{timestamp}#{entryId}'],
  attributes: {
    month: text(),
    timestamp: text(),
    entryId: text(),
    userId: text(),
    actorName: optional(text()),
    role: text(),
    action: text(),
    resource: text(),
    details: value<AuditEntry['details']>(),
    requestId: optional(text()),
    ip: optional(text()),
    userAgent: optional(text()),
    impersonatedBy: optional(text()),
    /** Which of its month's keys it is under in the feed. */
    shard: number(),
    /** Time to live, seconds since the epoch. Without it the entry stays. */
    expiresAt: optional(number()),
  },
  places: {
    feed: { index: directoryIndex, key: ['platform#audit#{month}#{shard}', '{timestamp}#{entryId}'] },
  },
});

export const auditNoun = noun({
  name: 'audit',
  subjects: ['AuditEntry'],
  items: [AccessEventItem, PlatformAccessEventItem, AuditItem],
});
