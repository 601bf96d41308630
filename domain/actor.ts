import type { Role } from './access/roles.schema.ts';

/** An audit entry, as one finds it again: by its id and its time. */
export interface EntryReference {
  readonly id: string;
  readonly timestamp: string;
}

/** Who makes a change: a person's session, or a function of the product (`system:<name>`). */
export interface Actor {
  /** Clerk user id, or `system:<function>`. */
  readonly by: string;
  /** What they are called: the audit trail keeps it, so that it can tell of who has left. */
  readonly name?: string | undefined;
  readonly role: Role | 'system';
  readonly requestId: string;
  readonly impersonatedBy?: string | undefined;
  /** The support access by which one of the platform's people is in a customer's organization. */
  readonly supportAccess?: string | undefined;
  readonly ip?: string | undefined;
  readonly userAgent?: string | undefined;
  /** What things are called that the change names by id: the trail keeps it too. */
  readonly names?: Readonly<Record<string, string>> | undefined;
  /** The entry that they undo. */
  readonly undoes?: EntryReference | undefined;
}

/** The actor of a change that no person asked for at that moment. */
export const systemActor = (name: string, requestId: string): Actor => ({
  by: `system:${name}`,
  role: 'system',
  requestId,
});
