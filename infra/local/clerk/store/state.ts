import * as z from 'zod';

const metadata = z.record(z.string(), z.unknown());
/** Milliseconds since 1970, as all times at Clerk. */
const time = z.number();

const user = z.object({
  id: z.string(),
  firstName: z.string().nullable(),
  lastName: z.string().nullable(),
  externalId: z.string().nullable(),
  /** Lower case. The first is the primary one. */
  emails: z.array(z.object({ id: z.string(), address: z.string(), verified: z.boolean() })),
  publicMetadata: metadata,
  privateMetadata: metadata,
  unsafeMetadata: metadata,
  banned: z.boolean(),
  locked: z.boolean(),
  createdAt: time,
  updatedAt: time,
  lastSignInAt: time.nullable(),
});

const session = z.object({
  id: z.string(),
  clientId: z.string(),
  userId: z.string(),
  status: z.enum(['active', 'ended', 'revoked', 'removed']),
  createdAt: time,
  updatedAt: time,
  expireAt: time,
});

const invitation = z.object({
  id: z.string(),
  /** Lower case. */
  email: z.string(),
  /** The secret in the link that the mail carries. */
  ticket: z.string(),
  publicMetadata: metadata,
  /** Where acceptance leads: a URL, or a path of the product's own origin. */
  redirectUrl: z.string(),
  status: z.enum(['pending', 'accepted', 'revoked']),
  createdAt: time,
  updatedAt: time,
  expiresAt: time,
});

const mail = z.object({
  id: z.string(),
  to: z.string(),
  subject: z.string(),
  invitationId: z.string(),
  sentAt: time,
});

const delivery = z.object({
  /** The `svix-id`: the same for every attempt. */
  id: z.string(),
  body: z.string(),
  createdAt: time,
});

/** Everything the stand-in keeps, oldest first. */
export const State = z.object({
  users: z.array(user),
  sessions: z.array(session),
  invitations: z.array(invitation),
  mails: z.array(mail),
  deliveries: z.array(delivery),
});
export type State = z.infer<typeof State>;
export type User = z.infer<typeof user>;
export type Session = z.infer<typeof session>;
export type Invitation = z.infer<typeof invitation>;
export type Delivery = z.infer<typeof delivery>;
export type Metadata = z.infer<typeof metadata>;

export const emptyState = (): State => ({
  users: [],
  sessions: [],
  invitations: [],
  mails: [],
  deliveries: [],
});
