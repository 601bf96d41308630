import type { Actor } from '../actor.ts';
import type { UpdatedBy } from '../updated-by.schema.ts';

/** An actor, or somebody who isn't a member of the organization whose trail records their action. */
export type Author = Actor | (Omit<Actor, 'role'> & { readonly role: 'outsider' });

/**
 * Who did what, written into the item itself, because the stream has no other way to know. `action` is
 * `<noun>.<past-tense verb>`.
 */
export interface ChangeStamp extends Omit<Actor, 'role'> {
  readonly role: Author['role'];
  readonly action: string;
  /**
   * Marks a secondary change: the item changed only along with another one, whose audit entry covers it. Only
   * the stored attribute is called `derived`.
   */
  readonly derived?: true;
  /** When it was sent and its place in its transaction (`orderAt`), which `transact` writes into it. */
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

/** The bookkeeping of a new item. */
export const created = (actor: Author, action: string, now: Date): CreationStamp => {
  const at = now.toISOString();
  return { revision: 1, createdAt: at, updatedAt: at, changed: stamp(actor, action) };
};

/** The bookkeeping of a changed item; the write adds 1 to `revision` itself. */
export const updated = (actor: Actor, action: string, now: Date) => ({
  updatedAt: now.toISOString(),
  changed: stamp(actor, action),
});

/**
 * The bookkeeping of an item whose change is secondary: the other item has the entry, because one action
 * leaves one entry in the trail.
 * @param action the other item's
 */
export const secondary = (actor: Actor, action: string, now: Date) => {
  const { updatedAt, changed } = updated(actor, action, now);
  return { updatedAt, changed: { ...changed, derived: true } as const };
};

/** What a change that is just made tells of who makes it. */
export const updatedByActor = ({ by, name }: Actor): UpdatedBy => ({ id: by, name });

/** What an item's change stamp tells of who changed it last. */
export const updatedByOf = ({
  changed: { by, name, derived },
}: {
  readonly changed: ChangeStamp;
}): UpdatedBy | undefined => (derived === true ? undefined : { id: by, name });
