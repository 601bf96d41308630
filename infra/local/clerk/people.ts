import { addressTaken, notFound } from './http.ts';
import { type Metadata, newId, type State, type User } from './store.ts';

/** The initial data of a new user. */
type NewUser = Pick<User, 'emails'> & Partial<User>;

export function findUser(state: State, id: string): User {
  const user = state.users.find((candidate) => candidate.id === id);
  if (user === undefined) throw notFound(`No user was found with id ${id}.`);
  return user;
}

export const userWithEmail = (state: State, address: string): User | undefined =>
  state.users.find(({ emails }) => emails.some((email) => email.address === address.toLowerCase()));

export const newEmail = (address: string, verified: boolean): User['emails'][number] => ({
  id: newId('idn'),
  address: address.toLowerCase(),
  verified,
});

/**
 * Adds a user and queues the webhook.
 * @throws ClerkError when an address is taken
 */
export function addUser(state: State, given: NewUser, now: number): User {
  if (given.emails.some(({ address }) => userWithEmail(state, address) !== undefined)) throw addressTaken();
  const user: User = {
    id: newId('user'),
    firstName: null,
    lastName: null,
    externalId: null,
    publicMetadata: {},
    privateMetadata: {},
    unsafeMetadata: {},
    banned: false,
    locked: false,
    twoFactor: false,
    createdAt: now,
    updatedAt: now,
    lastSignInAt: null,
    ...given,
  };
  state.users.push(user);
  enqueue(state, 'user.created', userObject(user), now);
  return user;
}

/** Changes a user. `updatedAt` always grows, whatever the clock says. */
export function updateUser(state: State, user: User, change: Partial<User>, now: number): User {
  Object.assign(user, change, { updatedAt: Math.max(now, user.updatedAt + 1) });
  enqueue(state, 'user.updated', userObject(user), now);
  return user;
}

/** Deletes a user; their sessions end with them. */
export function deleteUser(state: State, user: User, now: number): void {
  state.users.splice(state.users.indexOf(user), 1);
  for (const session of state.sessions)
    if (session.userId === user.id && session.status === 'active')
      Object.assign(session, { status: 'removed', updatedAt: now });
  enqueue(state, 'user.deleted', { id: user.id, object: 'user', deleted: true }, now);
}

export const primaryEmail = (user: User) => user.emails[0];

/** First and last name, or the email address if there is none. */
export const displayName = (user: User): string =>
  [user.firstName, user.lastName].filter(Boolean).join(' ') || primaryEmail(user)?.address || user.id;

/** Why a person may not sign in, or undefined. */
export function signInRefusal(user: User): string | undefined {
  if (user.banned) return 'This account is banned.';
  if (user.locked) return 'This account is locked.';
  if (primaryEmail(user)?.verified !== true) return 'The email address of this account isn’t verified.';
  return undefined;
}

/** "Ada King Lovelace" is Ada, and King Lovelace. */
export function splitName(name: string): Pick<User, 'firstName' | 'lastName'> {
  const [first, ...rest] = name.trim().split(/\s+/);
  return { firstName: first || null, lastName: rest.join(' ') || null };
}

/** A user as the Backend API and webhooks show it. Source: Clerk Backend API, the User object. */
export const userObject = (user: User) => ({
  id: user.id,
  object: 'user',
  username: null,
  first_name: user.firstName,
  last_name: user.lastName,
  image_url: '',
  has_image: false,
  primary_email_address_id: user.emails[0]?.id ?? null,
  primary_phone_number_id: null,
  primary_web3_wallet_id: null,
  password_enabled: false,
  two_factor_enabled: user.twoFactor,
  totp_enabled: user.twoFactor,
  backup_code_enabled: false,
  email_addresses: user.emails.map((email) => emailObject(email, user)),
  phone_numbers: [],
  web3_wallets: [],
  organization_memberships: null,
  external_accounts: [],
  enterprise_accounts: [],
  password_last_updated_at: null,
  public_metadata: user.publicMetadata,
  private_metadata: user.privateMetadata,
  unsafe_metadata: user.unsafeMetadata,
  external_id: user.externalId,
  last_sign_in_at: user.lastSignInAt,
  banned: user.banned,
  locked: user.locked,
  deprovisioned: false,
  lockout_expires_in_seconds: null,
  verification_attempts_remaining: null,
  created_at: user.createdAt,
  updated_at: user.updatedAt,
  last_active_at: user.lastSignInAt,
  create_organization_enabled: false,
  create_organizations_limit: null,
  delete_self_enabled: false,
  legal_accepted_at: null,
  locale: null,
  timezone: null,
});

const emailObject = ({ id, address, verified }: User['emails'][number], user: User) => ({
  id,
  object: 'email_address',
  email_address: address,
  reserved: !verified,
  verification: verified
    ? { object: 'verification_admin', status: 'verified', strategy: 'admin', attempts: null, expire_at: null }
    : null,
  linked_to: [],
  created_at: user.createdAt,
  updated_at: user.createdAt,
});

const isObject = (value: unknown): value is Metadata =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Merges as Clerk does: objects at every depth, `null` deletes the key, anything else replaces. Source:
 * Backend API, users/{id}/metadata.
 */
export function mergeMetadata(old: Metadata, change: Metadata): Metadata {
  const merged = { ...old };
  for (const [key, value] of Object.entries(change)) {
    if (value === null) delete merged[key];
    else if (isObject(value)) {
      const before = merged[key];
      merged[key] = mergeMetadata(isObject(before) ? before : {}, value);
    } else merged[key] = value;
  }
  return merged;
}

type EventType = 'user.created' | 'user.updated' | 'user.deleted';

/** Queues a webhook, in the same write as the change. Source: Clerk, webhook payload structure. */
function enqueue(state: State, type: EventType, data: unknown, now: number): void {
  const body = JSON.stringify({ object: 'event', type, data, timestamp: now, instance_id: 'ins_local' });
  state.deliveries.push({ id: newId('msg'), body, createdAt: now });
}
