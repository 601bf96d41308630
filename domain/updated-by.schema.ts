import * as z from 'zod/mini';

/**
 * The author of an item's last change, for a single item: shown when two changes conflict. Absent if the
 * last change was a secondary one, such as a KPI's check-in.
 */
export const UpdatedBy = z.object({ id: z.string(), name: z.optional(z.string()) });
export type UpdatedBy = z.infer<typeof UpdatedBy>;
