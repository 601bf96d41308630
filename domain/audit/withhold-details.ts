import { PLATFORM } from '../ids.ts';
import type { FeedAuditEntry } from './audit.schema.ts';

/** What is the platform's business: what a customer is, what it pays for, and who of the platform was in. */
const platformsNouns = ['organization.', 'subscription.', 'support-access.', 'import.', 'usage-run.'];

/** Whether the platform's people may read all of an entry without being in its organization. */
const isPlatforms = ({ organizationId, role, action }: FeedAuditEntry): boolean =>
  organizationId === PLATFORM ||
  // What they have done themselves.
  role === 'super_admin' ||
  platformsNouns.some((noun) => action.startsWith(noun));

/**
 * An entry as the platform's feed shows it where its people need support access: of what happens within an
 * organization it tells that it happened, when, by whose id and to which thing, but no name and no content.
 */
export function withholdDetails(entry: FeedAuditEntry): FeedAuditEntry {
  if (isPlatforms(entry)) return entry;
  const { ip: _, userAgent: __, ...kept } = entry;
  return {
    ...kept,
    actorName: null,
    details: { before: null, after: null, changed: [] },
    changes: [],
    isWithheld: true,
  };
}
