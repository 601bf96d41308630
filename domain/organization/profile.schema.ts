import * as z from 'zod/mini';
import { OrganizationId } from '../ids.ts';
import { Subscription } from '../subscription/subscription.schema.ts';
import { timestamp } from '../time.schema.ts';

const OrganizationStatus = z.enum(['active', 'inactive']);

/** What was taken once is shown as it is: rules for new input are no reason to hide what is there. */
const ShownContactPerson = z.object({ name: z.string(), email: z.string(), phone: z.optional(z.string()) });

/** The seed's organization as the API shows it. `revision` is also its ETag. */
export const Organization = z.object({
  id: OrganizationId,
  name: z.string(),
  contactPerson: ShownContactPerson,
  status: OrganizationStatus,
  /** Why it is inactive, in the words of who made it so. */
  inactiveReason: z.optional(z.string()),
  subscription: Subscription,
  /** Mail domains that invitations may go to; empty: any. */
  allowedDomains: z._default(z.array(z.string()), []),
  /** What another system calls it; no two organizations have the same. */
  externalId: z.optional(z.string()),
  metadata: z._default(z.record(z.string(), z.string()), {}),
  revision: z.int(),
  createdAt: timestamp,
  updatedAt: timestamp,
});
export type Organization = z.infer<typeof Organization>;
