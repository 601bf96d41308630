import { type Role, roles } from '../access/roles.schema.ts';
import { UserId } from '../ids.ts';
import { emailAddress, line } from '../text.schema.ts';
import type { LegacyDocument } from './document.ts';
import { createdAtOf } from './map-organization.ts';
import { type Outcome, type Remarks, remarksOn } from './outcome.ts';
import { belongs, mapped, type Place, type World } from './world.ts';

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

/** What a legacy user becomes: a member of one organization. A file grants no power over the platform. */
export async function mapUser(world: World, document: LegacyDocument): Promise<Outcome> {
  const { fields } = document;
  const remarks = remarksOn(document, known);
  const userId = UserId.safeParse(fields.userId);
  if (!userId.success) return remarks.aside('document-invalid', 'userId');
  const email = emailAddress.safeParse(fields.email);
  if (!email.success) return remarks.aside('document-invalid', 'email');
  const byMapping = mapped(world, 'users', userId.data);
  if (fields.role === 'super_admin' && byMapping === undefined) return remarks.aside('super-admin');
  const own = remarks.exact('organizationId', fields.organizationId);
  const where = await belongs(world, remarks, { byMapping, own });
  if ('outcome' in where) return where.outcome;
  const { place } = where;
  const again = seenAgain(world, remarks, userId.data, place);
  if (again !== null) return again;
  const elsewhere = await world.existing.elsewhere(place.organizationId, userId.data);
  if (elsewhere !== null) return remarks.undecided('user-in-two-organizations', elsewhere);
  const holder = await holderOf(world, place, email.data);
  if (holder !== null && holder !== userId.data) return remarks.undecided('email-taken', email.data);
  const createdAt = createdAtOf(document, remarks);
  if (createdAt === undefined) return remarks.aside('document-invalid', 'createdAt');
  const role = roleOf(fields.role, remarks);
  const held = await world.existing.userRole(place.organizationId, userId.data);
  if (held !== null) remarks.say('user-there');
  const name = nameOf(fields.name, email.data, remarks);
  remember(world, place, email.data, { userId: userId.data, role: held ?? role, name });
  return remarks.imported({
    kind: 'user',
    organizationId: place.organizationId,
    userId: userId.data,
    email: email.data,
    name,
    role,
    createdAt,
  });
}

function seenAgain(
  { users }: World,
  remarks: Remarks,
  userId: UserId,
  { organizationId }: Place,
): Outcome | null {
  const before = users.get(userId);
  if (before === undefined) return null;
  return before.organizationId === organizationId
    ? remarks.aside('user-again', userId)
    : remarks.undecided('user-in-two-organizations', userId);
}

const holderOf = async ({ emails, existing }: World, { organizationId }: Place, email: string) =>
  emails.get(`${organizationId} ${email}`) ?? (await existing.emailHolder(organizationId, email));

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
  world: World,
  place: Place,
  email: string,
  { userId, role, name }: { readonly userId: UserId; readonly role: Role; readonly name: string },
): void {
  const { organizationId } = place;
  world.users.set(userId, { organizationId, role, name });
  world.emails.set(`${organizationId} ${email}`, userId);
  place.users += 1;
  if (role === 'org_admin') place.admins += 1;
}
