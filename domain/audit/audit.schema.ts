import * as z from 'zod';
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
    before: image.nullable(),
    after: image.nullable(),
    changed: z.array(z.string()),
  }),
  timestamp,
  requestId: z.string().optional(),
  ip: z.string().optional(),
  userAgent: z.string().optional(),
  impersonatedBy: z.string().optional(),
  schemaVersion: z.literal(1),
});
export type AuditEntry = z.infer<typeof AuditEntry>;

export const AuditListQuery = pageQuery;
export const AuditPage = page(AuditEntry);
