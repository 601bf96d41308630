import * as z from 'zod/mini';
import { OrganizationId } from '../ids.ts';

/** Why the super admin should look at an organization, the most pressing first. */
export const attentionReasons = [
  'plan_expired',
  'plan_ends_soon',
  'no_admin',
  'no_activity',
  'invitations_waiting',
  'teams_without_leader',
  'kpis_quiet',
  'suspended',
] as const;
const AttentionReason = z.enum(attentionReasons);
export type AttentionReason = z.infer<typeof AttentionReason>;

/** An organization that needs attention, as the last hourly run found it. */
export const Attention = z.object({
  organizationId: OrganizationId,
  name: z.string(),
  reasons: z.array(AttentionReason),
  createdAt: z.string(),
  endDate: z.optional(z.string()),
  lastActiveOn: z.optional(z.string()),
});
export type Attention = z.infer<typeof Attention>;
