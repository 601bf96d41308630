import type { Role } from './access/roles.schema.ts';

/** A reference to an audit entry, by id and time. */
export interface EntryReference {
  readonly id: string;
  readonly timestamp: string;
}

/** Who makes a change: a user's session, or a function of the product (`system:<name>`). */
export interface Actor {
  /** A Clerk user id, or `system:<function>`. */
  readonly by: string;
  /** The actor's name, stored in the audit log, so that it stays known after they have left. */
  readonly name?: string | undefined;
  readonly role: Role | 'system';
  readonly requestId: string;
  readonly impersonatedBy?: string | undefined;
  /** The support access through which a super admin works in a customer's organization. */
  readonly supportAccess?: string | undefined;
  readonly ip?: string | undefined;
  readonly userAgent?: string | undefined;
  /** Names of items that the change refers to by id, stored in the audit log. */
  readonly names?: Readonly<Record<string, string>> | undefined;
  /** The entry that is being undone. */
  readonly undoes?: EntryReference | undefined;
}

/** The actor of a change that no user requested. */
export const systemActor = (name: string, requestId: string): Actor => ({
  by: `system:${name}`,
  role: 'system',
  requestId,
});
