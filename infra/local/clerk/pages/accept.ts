import { signInBrowser } from '../front/client.ts';
import { sessionCookie } from '../front/cookie.ts';
import { refuseOtherSites } from '../front/same-site.ts';
import type { Answer } from '../http/answer.ts';
import { ClerkError } from '../http/clerk-error.ts';
import type { ClerkRequest } from '../http/clerk-request.ts';
import type { Instance } from '../instance.ts';
import { accept, statusOf } from '../invitations.ts';
import { acceptPath } from '../link.ts';
import { userWithEmail } from '../people/people.ts';
import { signInRefusal } from '../people/user.ts';
import type { Route } from '../route.ts';
import type { Invitation } from '../store/state.ts';
import { acceptForm, problemPage, uselessLink } from './accept-page.ts';

/** Where an invitation's link leads: the form, and what its button does. */
export const acceptRoutes = (instance: Instance): Route[] => [
  {
    method: 'GET',
    path: acceptPath,
    handle: ({ url }) => withInvitation(instance, url.searchParams, (found) => form(instance, found)),
  },
  {
    method: 'POST',
    path: acceptPath,
    async handle(request) {
      try {
        refuseOtherSites(request, instance.origin);
        const fields = new URLSearchParams(request.body);
        return await withInvitation(instance, fields, (found) => use(instance, request, found, fields));
      } catch (error) {
        if (!(error instanceof ClerkError)) throw error;
        return problemPage(error.status, 'The invitation was not accepted', error.message);
      }
    },
  },
];

/** Goes on with the invitation of a ticket that can still be used. */
function withInvitation<Result>(
  { store, now }: Instance,
  fields: URLSearchParams,
  goOn: (invitation: Invitation) => Result,
): Result | Answer {
  const ticket = fields.get('ticket') ?? '';
  const invitation = store.state.invitations.find((candidate) => candidate.ticket === ticket);
  if (invitation === undefined) return uselessLink('unknown');
  const status = statusOf(invitation, now());
  return status === 'pending' ? goOn(invitation) : uselessLink(status);
}

const form = ({ store, origin }: Instance, invitation: Invitation, problem?: string) =>
  acceptForm({
    invitation,
    existing: userWithEmail(store.state, invitation.email),
    leadsTo: new URL(invitation.redirectUrl, origin).origin,
    problem,
  });

/** Makes the person, signs this browser in as them and leads on to the product. */
async function use(
  instance: Instance,
  request: ClerkRequest,
  invitation: Invitation,
  fields: URLSearchParams,
): Promise<Answer> {
  const { store, origin, now } = instance;
  const name = (fields.get('name') ?? '').trim();
  const existing = userWithEmail(store.state, invitation.email);
  if (existing === undefined && name === '') return form(instance, invitation, 'Enter your name.');
  if (name.length > 100) return form(instance, invitation, 'Use 100 characters or fewer.');
  if (existing?.banned || existing?.locked)
    throw new ClerkError(403, 'sign_in_not_allowed', signInRefusal(existing) ?? '');
  const session = await store.change((state) => {
    const user = accept(state, invitation, name, now());
    return signInBrowser(instance, request, state, user.id);
  });
  return {
    status: 303,
    headers: {
      location: new URL(invitation.redirectUrl, origin).href,
      'set-cookie': sessionCookie(origin, session.id),
      'cache-control': 'no-store',
    },
    body: '',
  };
}
