import { mount } from '../http/clerk-request.ts';
import { acceptPath } from '../link.ts';
import { displayName } from '../people/user.ts';
import type { Invitation, User } from '../store/state.ts';
import { html, pageAnswer } from './page.ts';

interface Form {
  readonly invitation: Invitation;
  /** Who has the address already. */
  readonly existing: User | undefined;
  readonly leadsTo: string;
  /** What is wrong with the name that was sent. */
  readonly problem?: string | undefined;
}

/** The page behind an invitation's link: one field, one button. */
export function acceptForm({ invitation, existing, leadsTo, problem }: Form) {
  const { email, ticket, expiresAt } = invitation;
  const content = html`<h1>Accept your invitation</h1>
<p>You were invited to MTCMS as <strong>${email}</strong>.</p>
${existing === undefined ? '' : html`<p>You have an account already, ${displayName(existing)}: the invitation is added to it.</p>`}
<form method="post" action="${mount}${acceptPath}">
<input type="hidden" name="ticket" value="${ticket}">
${existing === undefined ? nameField(problem) : ''}
<button class="button">Accept as ${email}</button>
</form>
<p class="quiet">The invitation can be used once, until <time datetime="${isoOf(expiresAt)}">${isoOf(expiresAt).slice(0, 10)}</time>.</p>`;
  return pageAnswer({
    title: 'Accept your invitation',
    narrow: true,
    content,
    leadsTo,
    status: problem === undefined ? 200 : 422,
  });
}

const isoOf = (time: number) => new Date(time).toISOString();

const nameField = (problem: string | undefined) => html`<label for="name">Your name</label>
<input id="name" name="name" autocomplete="name" maxlength="100" required autofocus ${
  problem === undefined ? '' : html`aria-invalid="true" aria-describedby="name-problem"`
}>
${problem === undefined ? '' : html`<p class="wrong" id="name-problem">${problem}</p>`}`;

const askAgain = 'Ask the person who invited you for a new invitation.';

const uselessLinks = {
  unknown: {
    status: 404,
    title: 'This invitation link is not known',
    advice: 'Check that the link is complete. If it is, ask the person who invited you for a new invitation.',
  },
  accepted: {
    status: 410,
    title: 'This invitation has been used',
    advice: 'If it was you, open MTCMS and sign in.',
  },
  expired: { status: 410, title: 'This invitation has expired', advice: askAgain },
  revoked: { status: 410, title: 'This invitation was withdrawn', advice: askAgain },
} as const;

/** What a link shows that can't be used any more, or never could. */
export function uselessLink(reason: keyof typeof uselessLinks) {
  const { status, title, advice } = uselessLinks[reason];
  return problemPage(status, title, advice);
}

export const problemPage = (status: number, title: string, advice: string) =>
  pageAnswer({
    title,
    narrow: true,
    status,
    content: html`<h1>${title}</h1><p>${advice}</p><p><a class="button" href="/">Open MTCMS</a></p>`,
  });
