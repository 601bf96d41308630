import * as z from 'zod/mini';

/** One attempt that didn't end as it should. */
const Attempt = z.object({
  /** The organization whose credentials were used, and the one that was asked for. */
  from: z.string(),
  into: z.string(),
  /** `GetItem`, … */
  way: z.string(),
  reason: z.string(),
});

/** What a run of the canary found. */
export const CanaryReport = z.object({
  /** Attempts to cross, and how many of them AWS refused. */
  crossings: z.number(),
  refused: z.number(),
  /** Attempts that reached another organization. */
  crossed: z.array(Attempt),
  /** The same requests for an organization's own data, which must succeed. */
  controls: z.number(),
  answered: z.number(),
  /** Attempts that say nothing: a control that failed, or a crossing that ended in another error. */
  unclear: z.array(Attempt),
});
export type CanaryReport = z.infer<typeof CanaryReport>;
