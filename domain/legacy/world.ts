import type { Role } from '../access/roles.schema.ts';
import { OrganizationId, type TeamId, type UserId } from '../ids.ts';
import { type Plan, plans } from '../subscription/subscription.schema.ts';
import type { LegacyDocument } from './document.ts';
import type { Mapping } from './mapping.schema.ts';
import type { Outcome, Remarks } from './outcome.ts';

/** What the product has already. Without a table to ask (`nothingExists`) an export is checked against itself. */
export interface Existing {
  organization(id: OrganizationId): Promise<{ readonly name: string } | null>;
  /** Which organization has a name. */
  nameHolder(name: string): Promise<string | null>;
  /** Which user or invitation has an address in an organization. */
  emailHolder(id: OrganizationId, email: string): Promise<string | null>;
  userRole(id: OrganizationId, userId: UserId): Promise<Role | null>;
  /** Another organization that has a user: somebody is in one, and no file moves them. */
  elsewhere(id: OrganizationId, userId: UserId): Promise<OrganizationId | null>;
  /** Which team has a name in an organization. */
  teamNameHolder(id: OrganizationId, name: string): Promise<string | null>;
}

export const nothingExists: Existing = {
  organization: async (id) => ({ name: id }),
  nameHolder: async () => null,
  emailHolder: async () => null,
  userRole: async () => null,
  elsewhere: async () => null,
  teamNameHolder: async () => null,
};

/** An organization that documents can belong to, with what was counted of it so far. */
export interface Place {
  readonly organizationId: OrganizationId;
  /** Legacy `_id` and line, for what is said about it at the end; absent for one that the product had before. */
  readonly document?: LegacyDocument;
  readonly plan?: Plan;
  users: number;
  admins: number;
  teams: number;
}

/**
 * What is known when a line comes: the mapping, what the product has, and what the lines before it became. Only the tables
 * that others refer to are remembered, and of them only ids and people's names: audit logs leave nothing.
 */
export interface World {
  readonly mapping: Mapping;
  readonly existing: Existing;
  /** Legacy `_id` → place; `left` when the organization isn't imported. */
  readonly organizations: Map<string, Place | 'left'>;
  readonly places: Map<OrganizationId, Place>;
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

const says = (mapping: Mapping): string[] => [
  ...Object.entries(mapping).flatMap(([part, ids]) =>
    Array.isArray(ids) ? ids.map((id) => `${part} ${id}`) : Object.keys(ids).map((id) => `${part} ${id}`),
  ),
];

export const beginWorld = (mapping: Mapping, existing: Existing): World => ({
  mapping,
  existing,
  organizations: new Map(),
  places: new Map(),
  names: new Map(),
  users: new Map(),
  memberships: new Map(),
  teamNames: new Map(),
  emails: new Map(),
  seen: new Set(),
  unused: new Set(says(mapping)),
});

/** The parts of the mapping that give an id a text. */
type NamedParts = Exclude<keyof Mapping, 'setAside' | 'plans'>;

/** What a part of the mapping says about an id; from then on it counts as used. */
export function mapped(world: World, part: NamedParts, id: string): string | undefined {
  world.unused.delete(`${part} ${id}`);
  const { [part]: said } = world.mapping;
  return Object.hasOwn(said, id) ? said[id] : undefined;
}

/** The catalogue's plan that a legacy plan's name stands for. */
export function planNamed(world: World, name: string): Plan | undefined {
  world.unused.delete(`plans ${name}`);
  const { plans: said } = world.mapping;
  return (
    (Object.hasOwn(said, name) ? said[name] : undefined) ?? plans.find((plan) => plan === name.toLowerCase())
  );
}

/** The place of an organization of the product, if it exists. */
export async function placeOf(world: World, id: OrganizationId): Promise<Place | null> {
  const known = world.places.get(id);
  if (known !== undefined) return known;
  if ((await world.existing.organization(id)) === null) return null;
  const place: Place = { organizationId: id, users: 0, admins: 0, teams: 0 };
  world.places.set(id, place);
  return place;
}

/** The place that the mapping or a document names: a legacy `_id`, or an `org_…` id of the product. */
export async function belongsTo(world: World, id: string): Promise<Place | 'left' | 'missing'> {
  const known = world.organizations.get(id);
  if (known !== undefined) return known;
  const organization = OrganizationId.safeParse(mapped(world, 'organizations', id) ?? id);
  if (!organization.success || organization.data === 'platform') return 'missing';
  return (await placeOf(world, organization.data)) ?? 'missing';
}

/** Where a user or a team belongs: as the mapping says, else as the document does. The outcome, when it is nowhere. */
export async function belongs(
  world: World,
  remarks: Remarks,
  { byMapping, own }: { byMapping: string | undefined; own: string | undefined },
): Promise<{ place: Place } | { outcome: Outcome }> {
  const named = byMapping ?? own;
  if (named === undefined) return { outcome: remarks.undecided('organization-missing') };
  if (byMapping !== undefined && byMapping !== own) remarks.say('placed-by-mapping', byMapping);
  const place = await belongsTo(world, named);
  if (place === 'left') return { outcome: remarks.aside('organization-not-imported', named) };
  if (place !== 'missing') return { place };
  const kind = byMapping === undefined ? 'organization-unknown' : 'target-missing';
  return { outcome: remarks.undecided(kind, named) };
}
