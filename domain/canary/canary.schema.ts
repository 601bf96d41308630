import * as z from 'zod/mini';

/** An attempt with an unexpected outcome. */
const Attempt = z.object({
  /** The organization whose credentials were used, and the target. */
  from: z.string(),
  into: z.string(),
  /** `GetItem`, … */
  way: z.string(),
  reason: z.string(),
});

/** The result of a canary run. */
export const CanaryReport = z.object({
  /** Attempts to cross, and how many of them AWS refused. */
  crossings: z.number(),
  refused: z.number(),
  /** Attempts that reached the other organization. */
  crossed: z.array(Attempt),
  /** The same requests for an organization's own data, which must succeed. */
  controls: z.number(),
  answered: z.number(),
  /** Inconclusive attempts: a failed control, or a crossing that ended with another error. */
  unclear: z.array(Attempt),
});
export type CanaryReport = z.infer<typeof CanaryReport>;
