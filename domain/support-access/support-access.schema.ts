import * as z from 'zod/mini';
import { orElse } from '../field-errors.ts';
import { ApprovalId, OrganizationId, SupportAccessId, UserId } from '../ids.ts';
import { page, pageQuery } from '../page.schema.ts';
import { changesSomething, rule } from '../rule.schema.ts';
import { paragraph } from '../text.schema.ts';
import { timestamp } from '../time.schema.ts';
import { UpdatedBy } from '../updated-by.schema.ts';
import { AccessRule } from '../user/me.schema.ts';
import { User } from '../user/profile.schema.ts';

/**
 * A stage's policy for entering organizations: `open` without restrictions, `reasoned` with a reason and a
 * time limit, `consented` if an admin of the organization has granted it, or in an emergency.
 */
export const SupportStage = z.enum(['open', 'reasoned', 'consented']);
export type SupportStage = z.infer<typeof SupportStage>;

/** What the super admin may do: view the organization as an admin does, or change it as well. */
export const SupportMode = z.enum(['read', 'change']);
export type SupportMode = z.infer<typeof SupportMode>;

/** The maximum total duration of a support access: 8 hours. */
export const longestMinutes = 480;
const shortestMinutes = 5;

const reason = paragraph(500);
const minutes = z
  .int(orElse('not_a_whole_number'))
  .check(z.minimum(shortestMinutes), z.maximum(longestMinutes));

interface Asked {
  readonly mode: SupportMode;
  readonly changeReason?: string | undefined;
}

/** Requests support access, or opens it where no one has to grant it. */
export const NewSupportAccess = z
  .strictObject({
    reason,
    minutes,
    mode: z._default(SupportMode, 'read'),
    /** Why reading isn't enough. */
    changeReason: z.optional(reason),
    /** Opens it immediately although an admin would have to grant it. The admins are informed. */
    isEmergency: z.optional(z.boolean()),
  })
  .check(
    rule<Asked>(({ mode, changeReason }) => mode === 'read' || changeReason !== undefined, {
      ...orElse('change_without_reason'),
      path: ['changeReason'],
      says: {
        jsonSchema: {
          if: { properties: { mode: { const: 'change' } }, required: ['mode'] },
          // biome-ignore lint/suspicious/noThenProperty: JSON Schema calls it so
          then: { properties: { changeReason: {} }, required: ['changeReason'] },
        },
      },
    }),
  );
export type NewSupportAccess = z.infer<typeof NewSupportAccess>;

/** What an admin grants; by default everything requested. */
export const SupportGrant = z.strictObject({
  mode: z.optional(SupportMode),
  minutes: z.optional(minutes),
});
export type SupportGrant = z.infer<typeof SupportGrant>;

/** How an admin narrows an open support access; it can't be widened. `minutes` count from now. */
export const SupportNarrowing = z
  .strictObject({ mode: z.optional(z.literal('read')), minutes: z.optional(minutes) })
  .check(changesSomething);
export type SupportNarrowing = z.infer<typeof SupportNarrowing>;

/** Extends an open support access, with a reason; beyond 8 hours with an approval. */
export const SupportExtension = z.strictObject({ reason, minutes, approvalId: z.optional(ApprovalId) });
export type SupportExtension = z.infer<typeof SupportExtension>;

/** The user whose view is shown from now on; null: the super admin's own. */
export const SupportView = z.strictObject({ userId: z.nullable(UserId) });

/**
 * `expired` and `lapsed` follow from the time: an access that ran out, and a request that no one answered.
 */
export const SupportState = z.enum(['requested', 'open', 'ended', 'declined', 'expired', 'lapsed']);
export type SupportState = z.infer<typeof SupportState>;

/** A super admin's support access, as the organization and the super admin see it. */
export const SupportAccess = z.object({
  id: SupportAccessId,
  organizationId: OrganizationId,
  /** The super admin, under their own name. */
  operator: UpdatedBy,
  reason: z.string(),
  mode: SupportMode,
  changeReason: z.optional(z.string()),
  state: SupportState,
  isEmergency: z.boolean(),
  /** The requested duration. */
  minutes: z.int(),
  /** When it is open (`until` exclusive); absent before it is granted. */
  from: z.optional(timestamp),
  until: z.optional(timestamp),
  grantedBy: z.optional(UpdatedBy),
  endedAt: z.optional(timestamp),
  endedBy: z.optional(UpdatedBy),
  /** The user whose view is shown. */
  viewingAs: z.optional(UserId),
  extensions: z.array(z.object({ reason: z.string(), at: timestamp, until: timestamp })),
  revision: z.int(),
  createdAt: timestamp,
  updatedAt: timestamp,
});
export type SupportAccess = z.infer<typeof SupportAccess>;

export const SupportAccessQuery = pageQuery;

/** One page, newest first. */
export const SupportAccessPage = z.extend(page(SupportAccess), {
  /** The stage's policy. */
  stage: SupportStage,
});

/** What the caller may currently do in the organization, and by which support access. */
export const CurrentSupportAccess = z.object({
  stage: SupportStage,
  /** Null if none is open or requested. */
  supportAccess: z.nullable(SupportAccess),
  rules: z.array(AccessRule),
  /** The user whose view the caller has. */
  viewing: z.optional(User),
});
export type CurrentSupportAccess = z.infer<typeof CurrentSupportAccess>;
