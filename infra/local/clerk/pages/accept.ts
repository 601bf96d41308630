import { sessionCookie, signInBrowser } from '../client.ts';
import { type Answer, ClerkError, type ClerkRequest, mount, refuseOtherSites } from '../http.ts';
import type { Instance, Route } from '../instance.ts';
import { accept, acceptPath, statusOf } from '../invitations.ts';
import { displayName, signInRefusal, userWithEmail } from '../people.ts';
import type { Invitation, User } from '../store.ts';
import { html, pageAnswer } from './page.ts';

/** The page of an invitation's link: its form, and the action of its button. */
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
        return problemPage(error.status, 'The invitation couldn’t be accepted', error.message);
      }
    },
  },
];

/** Calls `goOn` with the ticket's invitation, if it can still be used. */
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
    name: invitedName(invitation),
    problem,
  });

/** The name in the invitation, as the product sent it. */
const invitedName = ({ publicMetadata: { name } }: Invitation): string =>
  typeof name === 'string' ? name.slice(0, 100) : '';

/** Creates the person, signs this browser in and redirects to the product. */
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

interface Form {
  readonly invitation: Invitation;
  /** The existing user with the address. */
  readonly existing: User | undefined;
  readonly leadsTo: string;
  /** The field's initial value. */
  readonly name: string;
  /** The error in the submitted name. */
  readonly problem?: string | undefined;
}

/** The page behind an invitation's link: one field, filled in already, and one button. */
function acceptForm({ invitation, existing, leadsTo, name, problem }: Form) {
  const { email, ticket, expiresAt } = invitation;
  const content = html`<h1>Accept your invitation</h1>
<p>You’ve been invited to MTCMS as <strong>${email}</strong>.</p>
${existing === undefined ? '' : html`<p>You already have an account, ${displayName(existing)}. The invitation is added to it.</p>`}
<form method="post" action="${mount}${acceptPath}">
<input type="hidden" name="ticket" value="${ticket}">
${existing === undefined ? nameField(name, problem) : ''}
<button class="button">Accept as ${email}</button>
</form>
<p class="quiet">The invitation can be used once and expires on <time datetime="${isoOf(expiresAt)}">${isoOf(expiresAt).slice(0, 10)}</time>.</p>`;
  return pageAnswer({
    title: 'Accept your invitation',
    narrow: true,
    content,
    leadsTo,
    status: problem === undefined ? 200 : 422,
  });
}

const isoOf = (time: number) => new Date(time).toISOString();

const nameField = (name: string, problem: string | undefined) => html`<label for="name">Your name</label>
<input id="name" name="name" value="${name}" autocomplete="name" maxlength="100" required autofocus ${
  problem === undefined ? '' : html`aria-invalid="true" aria-describedby="name-problem"`
}>
${problem === undefined ? '' : html`<p class="wrong" id="name-problem">${problem}</p>`}`;

const askAgain = 'Ask the person who invited you for a new invitation.';

const uselessLinks = {
  unknown: {
    status: 404,
    title: 'This invitation link isn’t valid',
    advice: 'Check that you copied the whole link, or ask the person who invited you for a new invitation.',
  },
  accepted: {
    status: 410,
    title: 'This invitation has already been used',
    advice: 'If you used it, open MTCMS and sign in.',
  },
  expired: { status: 410, title: 'This invitation has expired', advice: askAgain },
  revoked: { status: 410, title: 'This invitation was revoked', advice: askAgain },
} as const;

/** The page of a link that can't be used. */
function uselessLink(reason: keyof typeof uselessLinks) {
  const { status, title, advice } = uselessLinks[reason];
  return problemPage(status, title, advice);
}

const problemPage = (status: number, title: string, advice: string) =>
  pageAnswer({
    title,
    narrow: true,
    status,
    content: html`<h1>${title}</h1><p>${advice}</p><p><a class="button" href="/">Open MTCMS</a></p>`,
  });
