import * as z from 'zod/mini';
import { OrganizationName } from '../organization/organization.schema.ts';
import { plans } from '../subscription/subscription.schema.ts';
import { teamName } from '../team/team.schema.ts';

const legacyId = z.string().check(z.minLength(1), z.maxLength(200));
/** The legacy `_id` of an organization, or the `org_…` id of an existing one. */
const organization = legacyId;
const mapOf = <Value extends z.ZodMiniType>(value: Value) => z._default(z.record(legacyId, value), {});

/** Decisions about an export that its documents don't contain. All parts are optional. */
export const Mapping = z.strictObject({
  /** Legacy organization → the existing organization that it corresponds to. */
  organizations: mapOf(organization),
  /** Legacy organization → its new name, if its own is taken. */
  organizationNames: mapOf(OrganizationName),
  /** Team `_id` → its new name, if its own is taken in its organization. */
  teamNames: mapOf(teamName),
  /** Team `_id` → organization. */
  teams: mapOf(organization),
  /** Clerk user id → organization. */
  users: mapOf(organization),
  /** Name of a legacy plan → plan of the catalogue. */
  plans: mapOf(z.enum(plans)),
  /** `_id`s of documents that deliberately stay in quarantine. */
  setAside: z._default(z.array(legacyId), []),
});
export type Mapping = z.infer<typeof Mapping>;
