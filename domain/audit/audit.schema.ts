import * as z from 'zod/mini';
import { OrganizationId } from '../ids.ts';
import { page, pageQuery } from '../page.schema.ts';
import { timestamp } from '../text.schema.ts';

const image = z.record(z.string(), z.unknown());

/** The seed's audit entry. `details.changed` names the fields that differ between `before` and `after`. */
export const AuditEntry = z.object({
  id: z.string(),
  organizationId: OrganizationId,
  /** Clerk user id, `system:<function>` or `unattributed`. */
  userId: z.string(),
  role: z.string(),
  /** `<noun>.<past-tense verb>`, such as `invitation.accepted`. */
  action: z.string(),
  /** `<noun>/<id>`. */
  resource: z.string(),
  details: z.object({
    before: z.nullable(image),
    after: z.nullable(image),
    changed: z.array(z.string()),
  }),
  timestamp,
  requestId: z.optional(z.string()),
  ip: z.optional(z.string()),
  userAgent: z.optional(z.string()),
  impersonatedBy: z.optional(z.string()),
  schemaVersion: z.literal(1),
});
export type AuditEntry = z.infer<typeof AuditEntry>;

export const AuditListQuery = pageQuery;
export const AuditPage = page(AuditEntry);
