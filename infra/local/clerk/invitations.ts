import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import {
  addressTaken,
  bodyOf,
  ClerkError,
  json,
  mount,
  notFound,
  once,
  orderBy,
  page,
  paging,
  queryOf,
  sorted,
} from './http.ts';
import type { Instance, Route } from './instance.ts';
import { addUser, mergeMetadata, newEmail, splitName, updateUser, userWithEmail } from './people.ts';
import { type Invitation, type Metadata, newId, type State, type User } from './store.ts';

const day = 24 * 60 * 60 * 1000;

interface InvitationRequest {
  readonly email: string;
  readonly publicMetadata: Metadata;
  /** A URL, or a path of the product's own origin. */
  readonly redirectUrl: string;
  /** False: no mail, the caller passes the link on. */
  readonly notify: boolean;
  /** True: invites an address that has an account or an open invitation. */
  readonly ignoreExisting: boolean;
  readonly expiresInDays: number;
}

/** An invitation's status as Clerk names it; one that runs out becomes `expired`. */
export const statusOf = (invitation: Invitation, now: number): Invitation['status'] | 'expired' =>
  invitation.status === 'pending' && now >= invitation.expiresAt ? 'expired' : invitation.status;

/** Invites an address and, unless disabled, puts the email into the outbox. */
function invite(state: State, request: InvitationRequest, now: number): Invitation {
  const email = request.email.toLowerCase();
  if (!request.ignoreExisting) refuseExisting(state, email, now);
  const invitation: Invitation = {
    id: newId('inv'),
    email,
    ticket: randomBytes(32).toString('base64url'),
    publicMetadata: request.publicMetadata,
    redirectUrl: request.redirectUrl,
    status: 'pending',
    createdAt: now,
    updatedAt: now,
    expiresAt: now + request.expiresInDays * day,
  };
  state.invitations.push(invitation);
  if (request.notify)
    state.mails.push({
      id: newId('ema'),
      to: email,
      subject: 'Your invitation to MTCMS',
      invitationId: invitation.id,
      sentAt: now,
    });
  return invitation;
}

function refuseExisting(state: State, email: string, now: number): void {
  if (userWithEmail(state, email) !== undefined) throw addressTaken();
  if (state.invitations.some((other) => other.email === email && statusOf(other, now) === 'pending'))
    throw new ClerkError(400, 'duplicate_record', 'duplicate invitation', {
      longMessage: `There are already pending invitations for the following email addresses: ${email}`,
      meta: { email_addresses: [email] },
    });
}

/**
 * Revokes an invitation, whose link is useless then.
 * @throws ClerkError unless it is pending or has expired
 */
function revoke(state: State, id: string, now: number): Invitation {
  const invitation = state.invitations.find((candidate) => candidate.id === id);
  if (invitation === undefined) throw notFound(`No invitation was found with id ${id}.`);
  if (invitation.status !== 'pending')
    throw new ClerkError(400, `invitation_already_${invitation.status}`, `already ${invitation.status}`, {
      longMessage: `The invitation is already ${invitation.status}. Only pending invitations can be revoked.`,
    });
  return Object.assign(invitation, { status: 'revoked', updatedAt: now });
}

/**
 * Accepts an invitation: creates a user with the invitation's metadata, or adds it to the user who has the
 * address. The address counts as verified, because the link came by mail.
 */
export function accept(state: State, invitation: Invitation, name: string, now: number): User {
  const status = statusOf(invitation, now);
  if (status !== 'pending') throw new ClerkError(400, 'ticket_invalid', `The invitation is ${status}.`);
  const { email, publicMetadata } = invitation;
  const existing = userWithEmail(state, email);
  const user =
    existing === undefined
      ? addUser(state, { ...splitName(name), emails: [newEmail(email, true)], publicMetadata }, now)
      : updateUser(state, existing, joined(existing, invitation), now);
  Object.assign(invitation, { status: 'accepted', updatedAt: now });
  return user;
}

const joined = (user: User, { email, publicMetadata }: Invitation) => ({
  publicMetadata: mergeMetadata(user.publicMetadata, publicMetadata),
  emails: user.emails.map((entry) => (entry.address === email ? { ...entry, verified: true } : entry)),
});

/** Where the stand-in's invitation links lead, without the mount. */
export const acceptPath = '/invitations/accept';

/** The link in an invitation's mail. */
export const linkOf = ({ ticket }: Invitation, origin: string): string =>
  `${origin}${mount}${acceptPath}?ticket=${ticket}`;

const creation = z.strictObject({
  email_address: z.email({ pattern: z.regexes.html5Email }),
  public_metadata: z.record(z.string(), z.unknown()).nullish(),
  redirect_url: z.url({ protocol: /^https?$/ }).nullish(),
  notify: z.boolean().nullish(),
  ignore_existing: z.boolean().nullish(),
  expires_in_days: z.int().min(1).max(365).nullish(),
});

const listQuery = z.strictObject({
  ...paging,
  status: once.pipe(z.enum(['pending', 'accepted', 'revoked', 'expired'])).optional(),
  query: once.optional(),
  order_by: orderBy(['created_at', 'email_address', 'expires_at']).default({
    name: 'created_at',
    down: true,
  }),
  // The client requests the total as well; plain HTTP gets a bare list.
  paginated: once.optional(),
});

const order = {
  created_at: ({ createdAt }: Invitation) => createdAt,
  email_address: ({ email }: Invitation) => email,
  expires_at: ({ expiresAt }: Invitation) => expiresAt,
};

/** Invitations of the Backend API. Source: Clerk Backend API reference, Invitations. */
export const invitationRoutes = ({ store, origin, now }: Instance): Route[] => {
  const shown = (invitation: Invitation) => invitationObject(invitation, origin, now());
  return [
    {
      method: 'GET',
      path: '/v1/invitations',
      handle(request) {
        const { order_by, paginated, ...query } = queryOf(request, listQuery);
        const found = filtered(store.state.invitations, query, now());
        const data = page(sorted(found, order[order_by.name], order_by.down), query).map(shown);
        return json(paginated === 'true' ? { data, total_count: found.length } : data);
      },
    },
    {
      method: 'POST',
      path: '/v1/invitations',
      async handle(request) {
        const body = bodyOf(request, creation);
        const invitation = {
          email: body.email_address,
          publicMetadata: body.public_metadata ?? {},
          redirectUrl: withoutOrigin(body.redirect_url ?? `${origin}/`, origin),
          notify: body.notify ?? true,
          ignoreExisting: body.ignore_existing ?? false,
          expiresInDays: body.expires_in_days ?? 30,
        };
        return json(shown(await store.change((state) => invite(state, invitation, now()))));
      },
    },
    {
      method: 'POST',
      path: '/v1/invitations/:id/revoke',
      handle: async ({ params: { id = '' } }) =>
        json(shown(await store.change((state) => revoke(state, id, now())))),
    },
  ];
};

/**
 * Only the path of the product's own URLs is kept: with another PORT it has another origin at the next start.
 */
function withoutOrigin(url: string, origin: string): string {
  const { origin: other, pathname, search, hash } = new URL(url);
  return other === origin ? `${pathname}${search}${hash}` : url;
}

/** Revoked invitations are listed only on request. */
function filtered(
  invitations: readonly Invitation[],
  { status, query }: { status?: string | undefined; query?: string | undefined },
  now: number,
): Invitation[] {
  const text = query?.toLowerCase() ?? '';
  return invitations.filter((invitation) => {
    const its = statusOf(invitation, now);
    const fits = status === undefined ? its !== 'revoked' : its === status;
    return fits && (invitation.email.includes(text) || invitation.id.toLowerCase().includes(text));
  });
}

const invitationObject = (invitation: Invitation, origin: string, now: number) => ({
  id: invitation.id,
  object: 'invitation',
  email_address: invitation.email,
  public_metadata: invitation.publicMetadata,
  revoked: invitation.status === 'revoked',
  status: statusOf(invitation, now),
  url: linkOf(invitation, origin),
  expires_at: invitation.expiresAt,
  created_at: invitation.createdAt,
  updated_at: invitation.updatedAt,
});
