import type { Actor } from '../actor.ts';
import type { UpdatedBy } from '../updated-by.schema.ts';

/** An actor, or someone who isn't a member of the organization whose audit log records the action. */
export type Author = Actor | (Omit<Actor, 'role'> & { readonly role: 'outsider' });

/**
 * Who did what, written into the item itself, because the stream doesn't contain it. `action` is
 * `<noun>.<past-tense verb>`.
 */
export interface ChangeStamp extends Omit<Actor, 'role'> {
  readonly role: Author['role'];
  readonly action: string;
  /**
   * Marks a secondary change: the item changed as part of another item's change, whose audit entry covers
   * it. Only the stored attribute is called `derived`.
   */
  readonly derived?: true;
  /** When it was sent and its position in the transaction (`orderAt`), set by `transact`. */
  readonly order?: string;
}

export interface CreationStamp {
  readonly revision: number;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly changed: ChangeStamp;
}

const stamp = (actor: Author, action: string): ChangeStamp => ({
  by: actor.by,
  ...(actor.name === undefined ? {} : { name: actor.name }),
  role: actor.role,
  action,
  requestId: actor.requestId,
  ...(actor.impersonatedBy === undefined ? {} : { impersonatedBy: actor.impersonatedBy }),
  ...(actor.supportAccess === undefined ? {} : { supportAccess: actor.supportAccess }),
  ...(actor.ip === undefined ? {} : { ip: actor.ip }),
  ...(actor.userAgent === undefined ? {} : { userAgent: actor.userAgent }),
  ...(actor.names === undefined ? {} : { names: actor.names }),
  ...(actor.undoes === undefined ? {} : { undoes: actor.undoes }),
});

/** The stamp of a new item. */
export const created = (actor: Author, action: string, now: Date): CreationStamp => {
  const at = now.toISOString();
  return { revision: 1, createdAt: at, updatedAt: at, changed: stamp(actor, action) };
};

/** The stamp of a changed item; the write increments `revision` itself. */
export const updated = (actor: Actor, action: string, now: Date) => ({
  updatedAt: now.toISOString(),
  changed: stamp(actor, action),
});

/**
 * The stamp of a secondary change: the other item has the audit entry, because one action leaves one entry.
 * @param action the other item's
 */
export const secondary = (actor: Actor, action: string, now: Date) => {
  const { updatedAt, changed } = updated(actor, action, now);
  return { updatedAt, changed: { ...changed, derived: true } as const };
};

/** The author of a change being made. */
export const updatedByActor = ({ by, name }: Actor): UpdatedBy => ({ id: by, name });

/** The author of an item's last change, from its stamp. */
export const updatedByOf = ({
  changed: { by, name, derived },
}: {
  readonly changed: ChangeStamp;
}): UpdatedBy | undefined => (derived === true ? undefined : { id: by, name });
