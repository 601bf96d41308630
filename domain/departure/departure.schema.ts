import * as z from 'zod/mini';
import { orElse } from '../field-errors.ts';
import { ApprovalId, OrganizationId } from '../ids.ts';
import { page, pageQuery } from '../page.schema.ts';
import { paragraph } from '../text.schema.ts';
import { timestamp } from '../time.schema.ts';
import { UpdatedBy } from '../updated-by.schema.ts';

/** Days between the freeze and the earliest deletion, unless somebody says otherwise. */
export const defaultGraceDays = 30;

/**
 * How far an organization's leaving is. `grace`: frozen, exported, and undone with one click; `deleting`;
 * `deleted`, with a certificate; `undone`.
 */
const DepartureStage = z.enum(['grace', 'deleting', 'deleted', 'undone']);

/** What was deleted of an organization, as the platform signed it. */
export const Certificate = z.object({
  /** Canonical JSON (RFC 8785) that says what was deleted, what stays and when backups end. */
  text: z.string(),
  /** C2SP signed note over the SHA-256 of `text`, by the key that signs audit checkpoints. */
  note: z.string(),
  /** The verifier key that the note names. */
  key: z.string(),
});

export type Certificate = z.infer<typeof Certificate>;

/** An organization's leaving. */
export const Departure = z.object({
  organizationId: OrganizationId,
  /** Its name when it began to leave. */
  name: z.string(),
  reason: z.string(),
  stage: DepartureStage,
  frozenAt: timestamp,
  /** From when on its data may be deleted. */
  deletionFrom: timestamp,
  startedBy: UpdatedBy,
  approvalId: z.optional(ApprovalId),
  deletionStartedAt: z.optional(timestamp),
  deletedAt: z.optional(timestamp),
  certificate: z.optional(Certificate),
  /** How many items are deleted so far, while it is being deleted. */
  deletedItems: z.optional(z.int()),
  revision: z.int(),
  createdAt: timestamp,
  updatedAt: timestamp,
  updatedBy: z.optional(UpdatedBy),
});
export type Departure = z.infer<typeof Departure>;

/** The start of a departure: which organization, why, and how many days of grace it has. */
export const NewDeparture = z.strictObject({
  organizationId: OrganizationId,
  reason: paragraph(500),
  graceDays: z._default(
    z.int(orElse('not_a_whole_number')).check(z.minimum(7), z.maximum(365)),
    defaultGraceDays,
  ),
});
export type NewDeparture = z.infer<typeof NewDeparture>;

/** Who carries the deletion out names the approval of it. */
export const Deletion = z.strictObject({ approvalId: ApprovalId });

export const departureParams = z.strictObject({ organizationId: OrganizationId });
export const DepartureListQuery = pageQuery;
export const DeparturePage = page(Departure);
