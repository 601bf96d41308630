import type { OrganizationScope } from '../table/scope.ts';
import { write } from '../table/transaction.ts';
import { erase, replace } from '../table/writes.ts';
import { MailSentItem } from './reminder.noun.ts';
import type { Mail } from './write-mail.ts';

/**
 * The outcome of sending an email: `sent`; `later`, certainly not sent and can be retried; `refused`,
 * permanently; `unknown`.
 */
export type Sending = 'sent' | 'later' | 'refused' | 'unknown';

/** A way to send email. */
export interface Posting {
  readonly send: (mail: Mail) => Promise<Sending>;
  /** Waits before the first and the second retry of an email. */
  readonly pause: (attempt: number) => Promise<void>;
}

const attempts = 3;
/** How long marks are kept: longer than any day in any time zone, and short enough to stay small. */
export const keptDays = 10;

/** What an email is sent for, and the run that sends it. */
interface Mark {
  /** The day, or the id of what the email is about: it has at most one email per user and kind. */
  readonly day: string;
  readonly run: string;
  readonly expiresAt: number;
}

/**
 * Sends an email at most once: a mark is written first, and only the run that wrote it sends. The mark is
 * removed if the email was certainly not sent. See decision 93.
 */
export async function sendOnce(
  { send, pause }: Posting,
  scope: OrganizationScope,
  { day, run, expiresAt }: Mark,
  letter: Mail,
): Promise<Sending | 'marked'> {
  const { userId, mail } = letter;
  const mark = replace(
    scope,
    MailSentItem,
    { day, mail, userId, run, expiresAt },
    { where: (item, { notExists }) => notExists(item.run) },
  );
  if (!(await write(scope, mark))) return 'marked';
  let sending = await send(letter);
  for (let attempt = 1; sending === 'later' && attempt < attempts; attempt += 1) {
    await pause(attempt);
    sending = await send(letter);
  }
  if (sending === 'later')
    await write(
      scope,
      erase(scope, MailSentItem, { day, mail, userId }, { where: (item, { eq }) => eq(item.run, run) }),
    );
  return sending;
}
