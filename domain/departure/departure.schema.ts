import * as z from 'zod/mini';
import { orElse } from '../field-errors.ts';
import { ApprovalId, OrganizationId } from '../ids.ts';
import { page, pageQuery } from '../page.schema.ts';
import { paragraph } from '../text.schema.ts';
import { timestamp } from '../time.schema.ts';
import { UpdatedBy } from '../updated-by.schema.ts';

/** Default number of days between the freeze and the earliest deletion. */
export const defaultGraceDays = 30;

/**
 * The stage of a departure. `grace`: frozen, exported, and can be undone with one click; `deleting`;
 * `deleted`, with a certificate; `undone`.
 */
const DepartureStage = z.enum(['grace', 'deleting', 'deleted', 'undone']);

/** What was deleted of an organization, signed by the platform. */
export const Certificate = z.object({
  /** Canonical JSON (RFC 8785) that states what was deleted, what remains and when backups expire. */
  text: z.string(),
  /** C2SP signed note over the SHA-256 of `text`, with the key that signs audit checkpoints. */
  note: z.string(),
  /** The verifier key named by the note. */
  key: z.string(),
});

export type Certificate = z.infer<typeof Certificate>;

/** An organization's departure. */
export const Departure = z.object({
  organizationId: OrganizationId,
  /** Its name at the start of the departure. */
  name: z.string(),
  reason: z.string(),
  stage: DepartureStage,
  frozenAt: timestamp,
  /** The earliest time its data may be deleted. */
  deletionFrom: timestamp,
  startedBy: UpdatedBy,
  approvalId: z.optional(ApprovalId),
  deletionStartedAt: z.optional(timestamp),
  deletedAt: z.optional(timestamp),
  certificate: z.optional(Certificate),
  /** The number of items deleted so far, during deletion. */
  deletedItems: z.optional(z.int()),
  revision: z.int(),
  createdAt: timestamp,
  updatedAt: timestamp,
  updatedBy: z.optional(UpdatedBy),
});
export type Departure = z.infer<typeof Departure>;

/** The start of a departure: which organization, why, and the grace period in days. */
export const NewDeparture = z.strictObject({
  organizationId: OrganizationId,
  reason: paragraph(500),
  graceDays: z._default(
    z.int(orElse('not_a_whole_number')).check(z.minimum(7), z.maximum(365)),
    defaultGraceDays,
  ),
});
export type NewDeparture = z.infer<typeof NewDeparture>;

/** The deletion refers to its approval. */
export const Deletion = z.strictObject({ approvalId: ApprovalId });

export const departureParams = z.strictObject({ organizationId: OrganizationId });
export const DepartureListQuery = pageQuery;
export const DeparturePage = page(Departure);
