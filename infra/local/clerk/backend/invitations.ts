import * as z from 'zod';
import { json } from '../http/answer.ts';
import { bodyOf, queryOf } from '../http/clerk-request.ts';
import type { Instance } from '../instance.ts';
import { invite, revoke, statusOf } from '../invitations.ts';
import { linkOf } from '../link.ts';
import type { Route } from '../route.ts';
import type { Invitation } from '../store/state.ts';
import { once, orderBy, page, paging, sorted } from './list-query.ts';

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
  // The client asks for the total as well; plain HTTP gets a bare list.
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
        const letter = {
          email: body.email_address,
          publicMetadata: body.public_metadata ?? {},
          redirectUrl: withoutOrigin(body.redirect_url ?? `${origin}/`, origin),
          notify: body.notify ?? true,
          ignoreExisting: body.ignore_existing ?? false,
          expiresInDays: body.expires_in_days ?? 30,
        };
        return json(shown(await store.change((state) => invite(state, letter, now()))));
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
 * The product's own address may be another one at the next start, with another PORT: only its path is kept.
 */
function withoutOrigin(url: string, origin: string): string {
  const { origin: other, pathname, search, hash } = new URL(url);
  return other === origin ? `${pathname}${search}${hash}` : url;
}

/** Revoked invitations are listed only when asked for. */
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
