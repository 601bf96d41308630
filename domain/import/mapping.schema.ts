import * as z from 'zod/mini';
import { OrganizationName } from '../organization/organization.schema.ts';
import { plans } from '../subscription/subscription.schema.ts';
import { teamName } from '../team/team.schema.ts';

const legacyId = z.string().check(z.minLength(1), z.maxLength(200));
/** A legacy `_id` of an organization, or the `org_…` id of one that the product has. */
const organization = legacyId;
const mapOf = <Value extends z.ZodMiniType>(value: Value) => z._default(z.record(legacyId, value), {});

/**
 * A person's decisions about an export: what the documents themselves don't say. Every part may be left out.
 */
export const Mapping = z.strictObject({
  /** Legacy organization → the organization of the product that it already is. */
  organizations: mapOf(organization),
  /** Legacy organization → the name it gets, when its own is taken. */
  organizationNames: mapOf(OrganizationName),
  /** Team `_id` → the name it gets, when its own is taken in its organization. */
  teamNames: mapOf(teamName),
  /** Team `_id` → organization. */
  teams: mapOf(organization),
  /** Clerk user id → organization. */
  users: mapOf(organization),
  /** Name of a legacy plan → plan of the catalogue. */
  plans: mapOf(z.enum(plans)),
  /** `_id`s of documents that are knowingly left in the quarantine file. */
  setAside: z._default(z.array(legacyId), []),
});
export type Mapping = z.infer<typeof Mapping>;
