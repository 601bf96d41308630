import * as z from 'zod/mini';

/**
 * Who made the last change of a thing, where it is read by itself: what a conflict between two changes tells.
 * It is missing where the last change was another thing's, such as a KPI's check-in.
 */
export const UpdatedBy = z.object({ id: z.string(), name: z.optional(z.string()) });
export type UpdatedBy = z.infer<typeof UpdatedBy>;
