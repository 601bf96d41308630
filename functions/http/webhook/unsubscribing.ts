import { createHash } from 'node:crypto';
import { systemActor } from '../../../domain/actor.ts';
import type { MailLanguage } from '../../../domain/organization/profile.schema.ts';
import { type MailTexts, mailTexts } from '../../../domain/reminder/mail.text.ts';
import { unsubscribe } from '../../../domain/reminder/mail-settings.ts';
import { openUnsubscribing, type Unsubscribing } from '../../../domain/reminder/unsubscribe-token.ts';
import { secret } from '../../aws/secrets.ts';
import type { PublicDependencies } from '../dependencies.ts';
import { htmlPage } from '../file-answer.ts';
import { httpRefusals } from '../http.refusals.ts';
import type { ApiEvent } from '../request.ts';

interface Call {
  readonly query: { readonly token: string };
  readonly event: ApiEvent;
  readonly requestId: string;
  readonly now: Date;
}

const style = `
:root { color-scheme: light dark; font-family: system-ui, sans-serif; line-height: 1.5 }
main { max-width: 30rem; margin: 15vh auto 0; padding: 0 1rem }
button { font: inherit; padding: 0.4rem 1rem; border-radius: 0.4rem; cursor: pointer }
`;
const styleHash = `sha256-${createHash('sha256').update(style).digest('base64')}`;

const languageOf = ({ headers }: ApiEvent): MailLanguage =>
  /^\s*de\b/i.test(headers['accept-language'] ?? '') ? 'de' : 'en';

interface Said {
  readonly title: string;
  readonly text: string;
  /** The form's button posts to the page's own URL. */
  readonly action?: string;
}

/** A static page: it contains nothing from the request. */
const pageOf = (language: MailLanguage, { title, text, action }: Said, { settings }: MailTexts['page']) =>
  htmlPage(
    `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="robots" content="noindex"><title>${title}</title><style>${style}</style></head><body><main><h1>${title}</h1><p>${text}</p>${action === undefined ? '' : `<form method="post"><button>${action}</button></form>`}<p><a href="/account">${settings}</a></p></main></body></html>`,
    styleHash,
    "'self'",
  );

/**
 * The links that turn email off. Opening one only shows a confirmation, because email scanners open every
 * link. A POST, as email clients send for one-click unsubscribe (RFC 8058), turns it off.
 */
export function unsubscribing({ mailSecretId, open }: PublicDependencies) {
  const read = async ({ query, now }: Call): Promise<Unsubscribing | null> =>
    mailSecretId === undefined ? null : openUnsubscribing(query.token, await secret(mailSecretId), now);
  return {
    async page(call: Call) {
      const language = languageOf(call.event);
      const { page } = mailTexts[language];
      const asked = await read(call);
      if (asked === null) return pageOf(language, { title: page.invalidTitle, text: page.invalid }, page);
      const { title, text, action } = page;
      return pageOf(language, { title: title[asked.mail], text, action }, page);
    },
    async act(call: Call) {
      const asked = await read(call);
      if (asked === null) throw httpRefusals.not_found();
      const { organizationId, ...whose } = asked;
      const actor = systemActor('unsubscribe', call.requestId);
      await unsubscribe({ scope: open(organizationId), actor, now: call.now }, whose);
      const language = languageOf(call.event);
      const { page } = mailTexts[language];
      return pageOf(language, { title: page.doneTitle, text: page.done[asked.mail] }, page);
    },
  };
}
