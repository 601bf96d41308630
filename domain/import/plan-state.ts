import type { Role } from '../access/roles.schema.ts';
import { OrganizationId, PLATFORM, type TeamId, type UserId } from '../ids.ts';
import { type Plan, plans } from '../subscription/subscription.schema.ts';
import type { LegacyDocument } from './document.ts';
import type { Mapping } from './mapping.schema.ts';
import type { Outcome, Remarks } from './outcome.ts';

/** What the product has already, asked when a line needs it. */
export interface Existing {
  hasOrganization(id: OrganizationId): Promise<boolean>;
  /** Which organization has a name. */
  organizationNamed(name: string): Promise<string | null>;
  /** Which user or invitation has an address in an organization. */
  emailOwner(id: OrganizationId, email: string): Promise<string | null>;
  userRole(id: OrganizationId, userId: UserId): Promise<Role | null>;
  /** Another organization that has a user: somebody is in one, and no file moves them. */
  elsewhere(id: OrganizationId, userId: UserId): Promise<OrganizationId | null>;
  /** Which team has a name in an organization. */
  teamNamed(id: OrganizationId, name: string): Promise<string | null>;
}

/** An organization that documents can belong to, with what was counted of it so far. */
export interface PlannedOrganization {
  readonly organizationId: OrganizationId;
  /** For what is said about it at the end; absent for one that the product had before. */
  readonly document?: LegacyDocument;
  readonly plan?: Plan;
  users: number;
  admins: number;
  teams: number;
}

/**
 * What is known when a line comes: the mapping, what the product has, and what the lines before it became.
 * Only the tables that others refer to are remembered, and of them only ids and people's names: audit logs
 * leave nothing.
 */
export interface PlanState {
  readonly mapping: Mapping;
  readonly existing: Existing;
  readonly organizations: Map<OrganizationId, PlannedOrganization>;
  /** By legacy `_id`; `left` when the organization isn't imported. */
  readonly legacyOrganizations: Map<string, PlannedOrganization | 'left'>;
  /** Name, as the directory compares it → who has it. */
  readonly names: Map<string, OrganizationId>;
  readonly users: Map<
    UserId,
    { readonly organizationId: OrganizationId; readonly role: Role; readonly name: string }
  >;
  /** In how many teams somebody is. */
  readonly memberships: Map<UserId, number>;
  /** `<organization> <name as teams compare it>` → team. */
  readonly teamNames: Map<string, TeamId>;
  /** `<organization> <address>` → user. */
  readonly emails: Map<string, UserId>;
  /** `<table> <_id>` of the documents seen, audit logs excepted. */
  readonly seen: Set<string>;
  /** What the mapping says and no line has needed yet. */
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

/** The parts of the mapping that give an id a text. */
type NamedParts = Exclude<keyof Mapping, 'setAside' | 'plans'>;

/** What a part of the mapping says about an id; from then on it counts as used. */
export function mapped(state: PlanState, part: NamedParts, id: string): string | undefined {
  state.unused.delete(`${part} ${id}`);
  const { [part]: said } = state.mapping;
  return Object.hasOwn(said, id) ? said[id] : undefined;
}

/** The catalogue's plan that a legacy plan's name stands for. */
export function planNamed(state: PlanState, name: string): Plan | undefined {
  state.unused.delete(`plans ${name}`);
  const { plans: said } = state.mapping;
  return (
    (Object.hasOwn(said, name) ? said[name] : undefined) ?? plans.find((plan) => plan === name.toLowerCase())
  );
}

/** The organization of the product or of the export that an `org_…` id names, or null. */
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

/**
 * The organization that the mapping or a document names: by a legacy `_id`, or by an `org_…` id of the
 * product.
 */
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
 * Where a user or a team belongs: as the mapping says, else as the document does. The outcome, when it is
 * nowhere.
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
