import * as z from 'zod/mini';
import { OrganizationId } from '../ids.ts';
import { Health, HealthReasonCode } from '../organization/health.schema.ts';

/** An organization that needs attention, as found by the last hourly run. */
export const Attention = z.object({
  organizationId: OrganizationId,
  name: z.string(),
  /** The reasons, most urgent first. */
  reasons: z.array(HealthReasonCode),
  /** The same with their numbers. Missing if the last run was by an earlier version. */
  health: z.optional(Health),
  createdAt: z.string(),
  endDate: z.optional(z.string()),
  lastActiveOn: z.optional(z.string()),
});
export type Attention = z.infer<typeof Attention>;
