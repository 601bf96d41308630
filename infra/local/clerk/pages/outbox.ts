import * as z from 'zod';
import type { SentMail } from '../../aws/ses.ts';
import { json, notFound, queryOf } from '../http.ts';
import type { Instance, Route } from '../instance.ts';
import { linkOf, statusOf } from '../invitations.ts';
import { html, pageAnswer } from './page.ts';

const shownAtMost = 100;
const search = z.object({ to: z.array(z.string()).optional() });

/** The emails that Clerk and SES would have sent: as a page, and as JSON for tests. */
export const outboxRoutes = (instance: Instance): Route[] => [
  {
    method: 'GET',
    path: '/outbox',
    handle: (request) => outboxPage(instance, queryOf(request, search).to?.[0]?.trim() ?? ''),
  },
  {
    method: 'GET',
    path: '/outbox.json',
    handle: () => json({ mails: mails(instance), sent: instance.sentMails() }),
  },
  {
    method: 'GET',
    path: '/outbox/:id',
    handle({ params: { id } }) {
      const mail = instance.sentMails().find((one) => one.id === id);
      if (mail === undefined) throw notFound(`No mail was found with id ${id}.`);
      // As a mail program shows it: with its own styles, and nothing that runs.
      const policy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";
      const headers = { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy };
      return { status: 200, headers, body: mail.html };
    },
  },
];

type OutboxMail = ReturnType<typeof mails>[number];

/** Newest first. */
const mails = ({ store, origin, now }: Instance) => {
  const invitations = new Map(store.state.invitations.map((invitation) => [invitation.id, invitation]));
  return store.state.mails.toReversed().flatMap(({ id, to, subject, sentAt, invitationId }) => {
    const invitation = invitations.get(invitationId);
    if (invitation === undefined) return [];
    const status = statusOf(invitation, now());
    return [
      { id, to, subject, sentAt: new Date(sentAt).toISOString(), url: linkOf(invitation, origin), status },
    ];
  });
};

function outboxPage(instance: Instance, to: string) {
  const all = [...mails(instance), ...instance.sentMails()].sort((a, b) => b.sentAt.localeCompare(a.sentAt));
  const found = all.filter((mail) => mail.to.includes(to.toLowerCase()));
  const shown = found.slice(0, shownAtMost);
  const content = html`<h1>Outbox</h1>
<p class="quiet">No email leaves this machine. Emails that would have been sent are listed here, newest first. <a href="">Reload</a> · <a href="/">Open MTCMS</a></p>
<form class="search" method="get">
<div><label for="to">Search by email address</label><input id="to" name="to" type="search" value="${to}" autocomplete="off"></div>
<button class="button">Search</button>
</form>
<p class="quiet" role="status">${summary(all.length, found.length, shown.length)}</p>
<ul class="mails">${shown.map((mail) => ('text' in mail ? sentItem(mail) : mailItem(mail)))}</ul>`;
  return pageAnswer({ title: 'Outbox', content });
}

function summary(all: number, found: number, shown: number): string {
  if (all === 0) return 'No emails yet. Invite someone, then reload this page.';
  if (found === 0) return 'No emails to this address.';
  const mailsFound = found === 1 ? '1 email' : `${found} emails`;
  return shown < found ? `${mailsFound}, showing the newest ${shown}` : mailsFound;
}

const states = {
  accepted: 'Invitation accepted',
  revoked: 'Invitation revoked',
  expired: 'Invitation expired',
} as const;

const sentItem = ({ id, to, subject, sentAt, text }: SentMail) => html`<li>
<h2>${to}</h2>
<p><a href="outbox/${id}">${subject}</a></p>
<p class="quiet"><time datetime="${sentAt}">${sentAt.slice(0, 16).replace('T', ' ')} UTC</time></p>
<details><summary>Text</summary><pre>${text}</pre></details>
</li>
`;

const mailItem = ({ to, subject, sentAt, url, status }: OutboxMail) => html`<li>
<h2>${to}</h2>
<p>${subject}</p>
<p class="quiet"><time datetime="${sentAt}">${sentAt.slice(0, 16).replace('T', ' ')} UTC</time></p>
${
  status === 'pending'
    ? html`<p><a href="${url}">Accept the invitation<span class="quiet"> as ${to}</span></a></p>`
    : html`<p class="quiet">${states[status]}</p>`
}
</li>
`;
