import { noun } from '../noun.ts';
import { item, number, optional, text, value } from '../table/item.ts';
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

const accessEvent = {
  name: 'accessEvent',
  key: ['{organizationId}#{partition}', '{eventKey}'],
  attributes: {
    /**
     * Its kind is in the key, where a policy can tell who may put it. Sessions have the first name there was.
     */
    partition: text<
      'access' | 'access#refused' | 'access#exported' | 'access#elsewhere' | 'access#usage-run'
    >(),
    /** The same key is the same event, however often it is recorded. */
    eventKey: text(),
    /** What the entry is about: `<noun>/<id>`. */
    about: text(),
    access: value<AccessDetails>(),
    /** Time to live, seconds since the epoch. */
    expiresAt: number(),
  },
} as const;

const shown = {
  unstampedNoun: 'access',
  shows: ['access'],
  hides: ['partition', 'eventKey', 'about', 'expiresAt'],
} as const;

/**
 * Something that was asked for and changed nothing: the stream makes an audit entry of it, then it expires.
 */
export const AccessEventItem = item({
  ...accessEvent,
  oneOf: { partition: ['access', 'access#refused', 'access#exported'] },
  trail: { ...shown, actions: ['session.started', 'access.refused', 'audit.exported'] },
});

/** What only the platform records: runs that it asks for, and who is a member of another organization. */
export const PlatformAccessEventItem = item({
  ...accessEvent,
  oneOf: { partition: ['access#usage-run', 'access#elsewhere'] },
  trail: { ...shown, actions: ['usage-run.requested', 'invitation.member-elsewhere'] },
  isPlatforms: true,
});

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
