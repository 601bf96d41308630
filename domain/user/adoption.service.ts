import { isAdmin } from '../access/roles.schema.ts';
import type { Actor } from '../actor.ts';
import { AppError, stale } from '../errors.ts';
import type { UserId } from '../ids.ts';
import { changeCounts } from '../organization/counts.ts';
import { type Adoption, adopted, type ChangeStamp } from '../table/change-stamp.ts';
import { deletionRecordWrite } from '../table/deletion-record.ts';
import { entityOf } from '../table/entity.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { put, remove, transact, type Write } from '../table/write.ts';
import { User } from './profile.schema.ts';
import { EmailClaimItem, UserItem } from './user.noun.ts';
import { emailTaken, freeEmail } from './user-writes.ts';

/** A user who comes from elsewhere, and was a member there since `createdAt`. */
export type AdoptedUser = Pick<User, 'userId' | 'email' | 'name' | 'role' | 'createdAt'>;

async function read({ organizationId, client, table }: OrganizationScope, userId: UserId) {
  const { data } = await entityOf(UserItem)
    .get({ organizationId, userId })
    .go({ client, table, consistent: true });
  return data;
}

/** A user and who changed them last, or null. */
export async function findAdopted(
  scope: OrganizationScope,
  userId: UserId,
): Promise<{ readonly user: User; readonly changed: ChangeStamp } | null> {
  const stored = await read(scope, userId);
  return stored === null ? null : { user: User.parse(stored), changed: stored.changed };
}

const action = 'user.imported';

/** The users whom a request changed last: whether it brought them, and they are as they came. */
export async function usersMarkedBy({ organizationId, client, table }: OrganizationScope, requestId: string) {
  const { data } = await entityOf(UserItem)
    .query.primary({ organizationId })
    .go({ client, table, consistent: true, pages: 'all' });
  return data
    .filter(({ changed }) => changed.requestId === requestId)
    .map(({ userId, changed }) => ({ userId, asTheyCame: changed.action === action }));
}

function adoptWrites(
  scope: OrganizationScope,
  adoption: Adoption,
  { userId, email, name, role, createdAt }: AdoptedUser,
): Write[] {
  const { organizationId } = scope;
  const stamp = adopted(adoption, action, createdAt);
  return [
    put(scope, entityOf(UserItem).create({ organizationId, userId, email, name, role, ...stamp })),
    put(scope, entityOf(EmailClaimItem).create({ organizationId, email, holder: userId }), () =>
      emailTaken('email'),
    ),
  ];
}

const counted = (scope: OrganizationScope, users: readonly AdoptedUser[]): Write =>
  changeCounts(scope, { users: users.length, admins: users.filter(({ role }) => isAdmin(role)).length });

/**
 * Takes users over as members, at most 49 at once, whatever the plan allows: what an organization has, it
 * keeps. One who is there stays as they are. Throws `already_exists` when somebody else has the address.
 */
export async function adoptUsers(
  scope: OrganizationScope,
  adoption: Adoption,
  users: readonly AdoptedUser[],
): Promise<void> {
  try {
    await transact(scope, [
      ...users.flatMap((user) => adoptWrites(scope, adoption, user)),
      counted(scope, users),
    ]);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    // Some are there already, from an interrupted run or an invitation: each for itself.
    if (users.length > 1) for (const user of users) await adoptUsers(scope, adoption, [user]);
    else if (users[0] !== undefined && (await read(scope, users[0].userId)) === null) throw error;
  }
}

/**
 * Takes an adopted user away again. Throws `stale` when they have changed since, `conflict` while they are in
 * a team.
 */
export async function abandonUser(
  scope: OrganizationScope,
  actor: Actor,
  user: User,
  now: Date,
): Promise<void> {
  const { userId, email, role, revision } = user;
  if (Object.keys(user.teams).length > 0) throw new AppError('conflict', 'This user is in a team.');
  const gone = entityOf(UserItem)
    .remove({ organizationId: scope.organizationId, userId })
    .where((item, { eq }) => eq(item.revision, revision));
  const deletion = { entity: 'user', sortKey: userId, revision, item: user };
  await transact(scope, [
    remove(scope, gone, stale),
    freeEmail(scope, email, userId),
    deletionRecordWrite(scope, actor, 'user.import-undone', deletion, now),
    changeCounts(scope, { users: -1, admins: isAdmin(role) ? -1 : 0 }),
  ]);
}
