import type { Role } from '../access/roles.schema.ts';
import { OrganizationId, PLATFORM, type TeamId, type UserId } from '../ids.ts';
import { type Plan, plans } from '../subscription/subscription.schema.ts';
import type { LegacyDocument } from './document.ts';
import type { Mapping } from './mapping.schema.ts';
import type { Outcome, Remarks } from './outcome.ts';

/** What the product already contains, looked up when a line needs it. */
export interface Existing {
  hasOrganization(id: OrganizationId): Promise<boolean>;
  /** The organization with this name. */
  organizationNamed(name: string): Promise<string | null>;
  /** The user or invitation with this address in an organization. */
  emailOwner(id: OrganizationId, email: string): Promise<string | null>;
  userRole(id: OrganizationId, userId: UserId): Promise<Role | null>;
  /** Another organization with this user: a user belongs to one, and no file moves them. */
  elsewhere(id: OrganizationId, userId: UserId): Promise<OrganizationId | null>;
  /** The team with this name in an organization. */
  teamNamed(id: OrganizationId, name: string): Promise<string | null>;
}

/** An organization that documents can belong to, with what has been counted so far. */
export interface PlannedOrganization {
  readonly organizationId: OrganizationId;
  /** For findings at the end; absent if the product had it before. */
  readonly document?: LegacyDocument;
  readonly plan?: Plan;
  users: number;
  admins: number;
  teams: number;
}

/**
 * The state of planning: the mapping, the product's content, and the outcomes so far. Only tables that
 * others refer to are remembered, and of them only ids and users' names; audit logs leave nothing.
 */
export interface PlanState {
  readonly mapping: Mapping;
  readonly existing: Existing;
  readonly organizations: Map<OrganizationId, PlannedOrganization>;
  /** By legacy `_id`; `left` if the organization isn't imported. */
  readonly legacyOrganizations: Map<string, PlannedOrganization | 'left'>;
  /** Name, as the directory compares it → organization. */
  readonly names: Map<string, OrganizationId>;
  readonly users: Map<
    UserId,
    { readonly organizationId: OrganizationId; readonly role: Role; readonly name: string }
  >;
  /** The number of teams per user. */
  readonly memberships: Map<UserId, number>;
  /** `<organization> <name as teams compare it>` → team. */
  readonly teamNames: Map<string, TeamId>;
  /** `<organization> <address>` → user. */
  readonly emails: Map<string, UserId>;
  /** `<table> <_id>` of the documents seen, except audit logs. */
  readonly seen: Set<string>;
  /** Parts of the mapping that no line has used yet. */
  readonly unused: Set<string>;
}

const decisionsOf = (mapping: Mapping): string[] =>
  Object.entries(mapping).flatMap(([part, decided]) =>
    (Array.isArray(decided) ? decided : Object.keys(decided)).map((id) => `${part} ${id}`),
  );

export const beginPlanState = (mapping: Mapping, existing: Existing): PlanState => ({
  mapping,
  existing,
  organizations: new Map(),
  legacyOrganizations: new Map(),
  names: new Map(),
  users: new Map(),
  memberships: new Map(),
  teamNames: new Map(),
  emails: new Map(),
  seen: new Set(),
  unused: new Set(decisionsOf(mapping)),
});

/** The parts of the mapping that map an id to a string. */
type NamedParts = Exclude<keyof Mapping, 'setAside' | 'plans'>;

/** Looks up an id in the mapping, and marks that part as used. */
export function mapped(state: PlanState, part: NamedParts, id: string): string | undefined {
  state.unused.delete(`${part} ${id}`);
  const { [part]: said } = state.mapping;
  return Object.hasOwn(said, id) ? said[id] : undefined;
}

/** The plan that a legacy plan's name maps to. */
export function planNamed(state: PlanState, name: string): Plan | undefined {
  state.unused.delete(`plans ${name}`);
  const { plans: said } = state.mapping;
  return (
    (Object.hasOwn(said, name) ? said[name] : undefined) ?? plans.find((plan) => plan === name.toLowerCase())
  );
}

/** The existing or exported organization with an `org_…` id, or null. */
export async function plannedOrganization(state: PlanState, id: string): Promise<PlannedOrganization | null> {
  const parsed = OrganizationId.safeParse(id);
  if (!parsed.success || parsed.data === PLATFORM) return null;
  const organizationId = parsed.data;
  const known = state.organizations.get(organizationId);
  if (known !== undefined) return known;
  if (!(await state.existing.hasOrganization(organizationId))) return null;
  const organization: PlannedOrganization = { organizationId, users: 0, admins: 0, teams: 0 };
  state.organizations.set(organizationId, organization);
  return organization;
}

/** The organization named by the mapping or a document: by legacy `_id`, or by `org_…` id. */
export async function organizationOf(
  state: PlanState,
  id: string,
): Promise<PlannedOrganization | 'left' | 'missing'> {
  return (
    state.legacyOrganizations.get(id) ??
    (await plannedOrganization(state, mapped(state, 'organizations', id) ?? id)) ??
    'missing'
  );
}

/**
 * The organization of a user or team: from the mapping, otherwise from the document. If there is none, the
 * outcome.
 */
export async function findOrganization(
  state: PlanState,
  remarks: Remarks,
  { byMapping, own }: { readonly byMapping: string | undefined; readonly own: string | undefined },
): Promise<{ readonly organization: PlannedOrganization } | { readonly outcome: Outcome }> {
  const named = byMapping ?? own;
  if (named === undefined) return { outcome: remarks.undecided('organization-missing') };
  if (byMapping !== undefined && byMapping !== own) remarks.say('placed-by-mapping', byMapping);
  const organization = await organizationOf(state, named);
  if (organization === 'left') return { outcome: remarks.aside('organization-not-imported', named) };
  if (organization !== 'missing') return { organization };
  const kind = byMapping === undefined ? 'organization-unknown' : 'target-missing';
  return { outcome: remarks.undecided(kind, named) };
}
