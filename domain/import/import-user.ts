import { isAdmin, type Role, roles } from '../access/roles.schema.ts';
import type { Context } from '../context.ts';
import { AppError } from '../errors.ts';
import { nameOrder } from '../folded-text.ts';
import { UserId } from '../ids.ts';
import { changeCounts } from '../organization/counts.ts';
import { entityOf, type Stored } from '../table/entity.ts';
import { consistently, find } from '../table/reads.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { transact, type Write } from '../table/transaction.ts';
import { create, fresh, remove } from '../table/writes.ts';
import { emailAddress, line } from '../text.schema.ts';
import { UserItem } from '../user/user.noun.ts';
import { claimEmail, freeEmail, joiningOf } from '../user/user-writes.ts';
import type { LegacyDocument } from './document.ts';
import type { ImportContext } from './import-run.ts';
import { importRefusals } from './import-run.ts';
import {
  createdAtOf,
  type Found,
  type ImportedUser,
  type Outcome,
  type Remarks,
  remarksOn,
} from './outcome.ts';
import { findOrganization, mapped, type PlannedOrganization, type PlanState } from './plan-state.ts';

const known = [
  '_id',
  '_creationTime',
  'userId',
  'email',
  'name',
  'role',
  'organizationId',
  'createdAt',
  'updatedAt',
];

const userName = line(120);

/** Maps a legacy user to a member of one organization. A file can't grant access to the platform. */
export async function mapUser(state: PlanState, document: LegacyDocument): Promise<Outcome> {
  const { fields } = document;
  const remarks = remarksOn(document, known);
  const userId = UserId.safeParse(fields.userId);
  if (!userId.success) return remarks.aside('document-invalid', 'userId');
  const email = emailAddress.safeParse(fields.email);
  if (!email.success) return remarks.aside('document-invalid', 'email');
  const byMapping = mapped(state, 'users', userId.data);
  if (fields.role === 'super_admin' && byMapping === undefined) return remarks.aside('super-admin');
  const own = remarks.exact('organizationId', fields.organizationId);
  const where = await findOrganization(state, remarks, { byMapping, own });
  if ('outcome' in where) return where.outcome;
  const { organization } = where;
  const again = seenAgain(state, remarks, userId.data, organization);
  if (again !== null) return again;
  const elsewhere = await state.existing.elsewhere(organization.organizationId, userId.data);
  if (elsewhere !== null) return remarks.undecided('user-in-two-organizations', elsewhere);
  const owner = await ownerOf(state, organization, email.data);
  if (owner !== null && owner !== userId.data) return remarks.undecided('email-taken', email.data);
  const createdAt = createdAtOf(document, remarks);
  if (createdAt === undefined) return remarks.aside('document-invalid', 'createdAt');
  const role = roleOf(fields.role, remarks);
  const held = await state.existing.userRole(organization.organizationId, userId.data);
  if (held !== null) remarks.say('user-there');
  const name = nameOf(fields.name, email.data, remarks);
  remember(state, organization, email.data, { userId: userId.data, role: held ?? role, name });
  return remarks.imported({
    kind: 'user',
    organizationId: organization.organizationId,
    userId: userId.data,
    email: email.data,
    name,
    role,
    createdAt,
  });
}

function seenAgain(
  { users }: PlanState,
  remarks: Remarks,
  userId: UserId,
  { organizationId }: PlannedOrganization,
): Outcome | null {
  const before = users.get(userId);
  if (before === undefined) return null;
  return before.organizationId === organizationId
    ? remarks.aside('user-again', userId)
    : remarks.undecided('user-in-two-organizations', userId);
}

const ownerOf = async (
  { emails, existing }: PlanState,
  { organizationId }: PlannedOrganization,
  email: string,
) => emails.get(`${organizationId} ${email}`) ?? (await existing.emailOwner(organizationId, email));

function roleOf(value: unknown, remarks: Remarks): Exclude<Role, 'super_admin'> {
  const role = roles.find((one) => one === value);
  if (role === undefined) remarks.unknown('role-unknown', 'role', value);
  if (role !== 'super_admin') return role ?? 'team_member';
  remarks.say('super-admin-demoted');
  return 'org_admin';
}

function nameOf(value: unknown, email: string, remarks: Remarks): string {
  const name = remarks.text('name', value, userName);
  if (name === undefined) remarks.say('name-missing');
  return name ?? email;
}

function remember(
  state: PlanState,
  organization: PlannedOrganization,
  email: string,
  { userId, role, name }: { readonly userId: UserId; readonly role: Role; readonly name: string },
): void {
  const { organizationId } = organization;
  state.users.set(userId, { organizationId, role, name });
  state.emails.set(`${organizationId} ${email}`, userId);
  organization.users += 1;
  if (role === 'org_admin') organization.admins += 1;
}

type StoredUser = Stored<typeof UserItem>;

/** Reads a user (strongly consistent) with their import mark; null if there is none. */
export async function findImportedUser(
  scope: OrganizationScope,
  userId: UserId,
): Promise<(Found & { readonly item: ImportedUser; readonly stored: StoredUser }) | null> {
  const stored = await find(scope, UserItem, { userId });
  if (stored === null) return null;
  const { organizationId, email, name, role, createdAt, changed } = stored;
  const fields = { organizationId, userId, email, name, role, createdAt };
  return { item: { kind: 'user', ...fields }, changedBy: changed.requestId, stored };
}

const action = 'user.imported';

/** Users last changed by this request, which means that it created them and they are unchanged. */
export async function usersMarkedBy(scope: OrganizationScope, requestId: string) {
  const { data } = await entityOf(UserItem)
    .query.primary({ organizationId: scope.organizationId })
    .go({ ...consistently(scope), pages: 'all' });
  return data
    .filter(({ changed }) => changed.requestId === requestId)
    .map(({ userId, changed }) => ({ userId, asTheyCame: changed.action === action }));
}

function userWrites(ctx: ImportContext, { userId, email, name, role, createdAt }: ImportedUser): Write[] {
  const { scope, revision } = ctx;
  const values = { userId, email, name, nameOrder: nameOrder(name), role };
  const user = fresh(ctx, UserItem, values, action, { revision, createdAt });
  return [create(scope, UserItem, user), claimEmail(scope, email, userId, 'email', joiningOf(user))];
}

/**
 * Imports up to 49 users as members, regardless of the plan: an organization keeps what it has. Existing
 * ones are left as they are. Throws `already_exists` if another user has the address.
 */
export async function importUsers(ctx: ImportContext, users: readonly ImportedUser[]): Promise<void> {
  const { scope } = ctx;
  const admins = users.filter(({ role }) => isAdmin(role)).length;
  try {
    await transact(scope, [
      ...users.flatMap((user) => userWrites(ctx, user)),
      changeCounts(scope, { users: users.length, admins }),
    ]);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    // Some exist already, from an interrupted run or an invitation, so each is imported separately.
    if (users.length > 1) for (const user of users) await importUsers(ctx, [user]);
    else if (users[0] !== undefined && (await find(scope, UserItem, { userId: users[0].userId })) === null)
      throw error;
  }
}

/**
 * Removes an imported user. Throws `stale` if they have changed since they were read, `conflict` while they
 * are in a team.
 */
export async function undoUser(ctx: Context, stored: StoredUser): Promise<void> {
  const { scope } = ctx;
  const { userId, email, role, teams = {} } = stored;
  if (Object.keys(teams).length > 0) throw importRefusals.imported_user_in_team();
  const [removal, record] = remove(ctx, UserItem, stored, 'user.import-undone');
  await transact(scope, [
    removal,
    freeEmail(scope, email, userId),
    record,
    changeCounts(scope, { users: -1, admins: isAdmin(role) ? -1 : 0 }),
  ]);
}
