import * as z from 'zod/mini';
import type { Actor } from './actor.ts';
import type { ChangeStamp } from './table/change-stamp.ts';

/**
 * Who made the last change of a thing, where it is read by itself: what a conflict between two changes tells.
 * It is missing where the last change was another thing's, such as a KPI's check-in.
 */
export const UpdatedBy = z.object({ id: z.string(), name: z.optional(z.string()) });
export type UpdatedBy = z.infer<typeof UpdatedBy>;

/** What a change that is just made tells of who makes it. */
export const updatedByActor = ({ by, name }: Actor): UpdatedBy => ({ id: by, name });

/** What an item's change stamp tells of who changed it last. */
export const updatedByOf = ({
  changed: { by, name, derived },
}: {
  readonly changed: ChangeStamp;
}): UpdatedBy | undefined => {
  if (derived === true) return undefined;
  return { id: by, name };
};
