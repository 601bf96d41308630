import type { Actor } from '../actor.ts';
import { AppError } from '../errors.ts';
import { newOrganizationId, type OrganizationId } from '../ids.ts';
import { deliver, inviteWrites, refuseTaken } from '../invitation/invitation.service.ts';
import type { InvitationSender } from '../invitation/invitation-sender.ts';
import { created } from '../table/change-stamp.ts';
import { directoryShards } from '../table/layout.ts';
import {
  type ControlPlane,
  type OrganizationScope,
  platformScope,
  withinOrganization,
} from '../table/scope.ts';
import { put, transact, type Write } from '../table/write.ts';
import { beginCountsWrite, countsOf, countsOfAll } from './counters.service.ts';
import { directoryName, directoryShard } from './directory.ts';
import { NameClaimEntity } from './name-claim.entity.ts';
import { OrganizationEntity } from './organization.entity.ts';
import { type NewOrganization, Organization, type OrganizationWithCounts } from './organization.schema.ts';

type StoredOrganization = NonNullable<Awaited<ReturnType<typeof read>>>;

async function read({ organizationId, client, table }: OrganizationScope) {
  const { data } = await OrganizationEntity.get({ organizationId }).go({ client, table, consistent: true });
  return data;
}

const show = ({ organizationId, plan, startDate, endDate, ...stored }: StoredOrganization): Organization =>
  Organization.parse({
    ...stored,
    id: organizationId,
    subscription: { plan, startDate, ...(endDate === undefined ? {} : { endDate }) },
  });

/** Reads the organization of the scope as it is now, or null. */
export async function findOrganization(scope: OrganizationScope): Promise<Organization | null> {
  const stored = await read(scope);
  return stored === null ? null : show(stored);
}

/** One organization with its counts. Throws `not_found`. */
export async function organizationWithCounts(scope: OrganizationScope): Promise<OrganizationWithCounts> {
  const [organization, counts] = await Promise.all([findOrganization(scope), countsOf(scope)]);
  if (organization === null) throw new AppError('not_found', 'There is no such organization.');
  return { ...organization, counts };
}

/** The writes that found an organization: its profile and its directory row. */
function foundWrites(
  scope: OrganizationScope,
  actor: Actor,
  { name, contactPerson, subscription }: Pick<NewOrganization, 'name' | 'contactPerson' | 'subscription'>,
  now: Date,
): Write[] {
  const { organizationId } = scope;
  const profile = OrganizationEntity.create({
    organizationId,
    name,
    contactPerson,
    status: 'active',
    plan: subscription.plan,
    startDate: subscription.startDate,
    ...(subscription.endDate === undefined ? {} : { endDate: subscription.endDate }),
    directoryShard: directoryShard(organizationId),
    directoryName: directoryName(name),
    ...created(actor, 'organization.created', now),
  });
  return [put(scope, profile)];
}

/** The refusal of a name that another organization has. */
export const nameTaken = () => {
  const message = 'An organization of this name exists already.';
  return new AppError('already_exists', message, { fields: [{ path: 'name', message }] });
};

/**
 * Creates an organization and invites its first admin, all in one transaction: name and address are free, or nothing is
 * written. Throws `already_exists` with the field; an invitation that can't be sent now stays `queued`.
 */
export async function createOrganization(
  plane: ControlPlane,
  actor: Actor,
  input: NewOrganization,
  sender: InvitationSender,
  now: Date,
): Promise<OrganizationWithCounts> {
  await refuseTaken(sender, input.firstAdmin.email, 'firstAdmin.email');
  const platform = platformScope(plane);
  const scope = withinOrganization(plane, newOrganizationId(now));
  const claim = NameClaimEntity.create({
    organizationId: platform.organizationId,
    name: directoryName(input.name),
    holder: scope.organizationId,
  });
  const admin = { ...input.firstAdmin, role: 'org_admin' as const };
  const { invitationId, writes } = inviteWrites(scope, actor, admin, 'firstAdmin.email', now);
  await transact(plane, [
    put(platform, claim, nameTaken),
    ...foundWrites(scope, actor, input, now),
    beginCountsWrite(scope),
    ...writes,
  ]);
  await deliver(scope, actor, invitationId, sender, now);
  return await organizationWithCounts(scope);
}

/** A place in the directory: the key of the last row shown. */
export interface DirectoryPosition {
  readonly directoryName: string;
  readonly organizationId: OrganizationId;
}

// The highest code point of the plane that names are made of: an upper bound for a prefix.
const last = '\uffff';

async function shardRows(
  { client, table }: ControlPlane,
  shard: number,
  search: string,
  after: DirectoryPosition | undefined,
  limit: number,
) {
  const rows = OrganizationEntity.query.directory({ directoryShard: shard });
  const query =
    after === undefined
      ? rows.begins({ directoryName: search })
      : rows.between(after, { directoryName: `${search}${last}` });
  // The lower bound of BETWEEN is inclusive: ask for one more, as the first may be the row before this page.
  const { data } = await query.go({ client, table, limit: limit + 1, pages: 1 });
  return data.filter(({ organizationId }) => organizationId !== after?.organizationId);
}

/** Organizations by name, those whose name begins with `search`, after `position`; at most `limit`. */
export async function organizationsAfter(
  plane: ControlPlane,
  {
    search = '',
    position,
    limit,
  }: { search?: string | undefined; position?: DirectoryPosition | undefined; limit: number },
): Promise<OrganizationWithCounts[]> {
  const shards = Array.from({ length: directoryShards }, (_, shard) => shard);
  const prefix = directoryName(search);
  const rows = await Promise.all(shards.map((shard) => shardRows(plane, shard, prefix, position, limit)));
  const key = (row: StoredOrganization) => `${row.directoryName}#${row.organizationId}`;
  const merged = rows
    .flat()
    .sort((a, b) => (key(a) < key(b) ? -1 : 1))
    .slice(0, limit);
  const counts = await countsOfAll(
    plane,
    merged.map(({ organizationId }) => organizationId),
  );
  return counts.flatMap((of, index) => {
    const row = merged[index];
    return row === undefined ? [] : [{ ...show(row), counts: of }];
  });
}

/** Ids of the organizations in one directory shard: what scheduled work fans out over. */
export async function organizationIdsOfShard(plane: ControlPlane, shard: number): Promise<OrganizationId[]> {
  const { client, table } = plane;
  const { data } = await OrganizationEntity.query
    .directory({ directoryShard: shard })
    .go({ client, table, pages: 'all' });
  return data.map(({ organizationId }) => organizationId);
}
