import type { Context } from '../context.ts';
import { stale } from '../errors.ts';
import type { UserId } from '../ids.ts';
import type { MailPlan } from '../organization/profile.schema.ts';
import type { Stored } from '../table/entity.ts';
import { find } from '../table/reads.ts';
import { transact, type Write } from '../table/transaction.ts';
import { change, create, fresh, settingsOf } from '../table/writes.ts';
import { findUser } from '../user/find-user.ts';
import type { User } from '../user/profile.schema.ts';
import type {
  MailKind,
  MailSending,
  MailSettings,
  MailSettingsChange,
  MailStop,
} from './mail-settings.schema.ts';
import { MailSettingsItem } from './reminder.noun.ts';

export type StoredMailSettings = Stored<typeof MailSettingsItem>;

/** What holds for who hasn't chosen anything. */
const unchosen = { reminders: true, digest: true };

/** Whether nothing is sent to somebody's present address. */
export const isStopped = ({ email }: Pick<User, 'email'>, stored: StoredMailSettings | null): boolean =>
  stored?.stoppedBecause !== undefined && stored.stoppedAddress === email;

/** Settings as their owner sees them. */
export function showMailSettings(
  user: Pick<User, 'userId' | 'email'>,
  stored: StoredMailSettings | null,
  { plan, sending }: { readonly plan: MailPlan | undefined; readonly sending: MailSending },
): MailSettings {
  const { reminders, digest } = stored ?? unchosen;
  const { language, stoppedBecause: because, stoppedAt: at } = stored ?? {};
  const isOver = isStopped(user, stored) && because !== undefined && at !== undefined;
  return {
    userId: user.userId,
    ...{ reminders, digest },
    language: language ?? plan?.language ?? 'en',
    stopped: isOver ? { because, at } : null,
    sending,
    revision: stored?.revision ?? 0,
  };
}

/** The settings of somebody that are stored, or null. */
export const findMailSettings = (
  { scope }: Pick<Context, 'scope'>,
  userId: UserId,
): Promise<StoredMailSettings | null> => find(scope, MailSettingsItem, { userId });

/** What is chosen; null has mail sent again to an address that it was stopped for. */
interface Choice extends Omit<MailSettingsChange, 'stopped'> {
  readonly stop?: { readonly because: MailStop; readonly at: string; readonly address: string } | null;
}

type SettingsAction = 'mail-settings.updated' | 'mail-settings.unsubscribed' | 'mail-settings.stopped';

/** The write that changes settings, or makes them where there were none. */
function choose(
  ctx: Context,
  { userId, stored }: { readonly userId: UserId; readonly stored: StoredMailSettings | null },
  { stop, reminders, digest, language }: Choice,
  action: SettingsAction,
): Write {
  const why = { stoppedBecause: stop?.because, stoppedAt: stop?.at, stoppedAddress: stop?.address };
  if (stored === null) {
    const wishes = { reminders: reminders ?? unchosen.reminders, digest: digest ?? unchosen.digest };
    const made = fresh(ctx, MailSettingsItem, { userId, ...wishes, language, ...why }, action);
    return create(ctx.scope, MailSettingsItem, made, stale);
  }
  const set = { reminders, digest, language, ...(stop === undefined ? {} : settingsOf(why)) };
  return change(ctx, MailSettingsItem, { userId }, { action, set, at: stored.revision });
}

/** Changes one's own settings. Throws `stale`. */
export async function updateMailSettings(
  ctx: Context,
  {
    userId,
    revision,
    stopped,
    ...chosen
  }: MailSettingsChange & { readonly userId: UserId; readonly revision: number },
): Promise<StoredMailSettings | null> {
  const stored = await findMailSettings(ctx, userId);
  if ((stored?.revision ?? 0) !== revision) throw stale();
  const choice = { ...chosen, ...(stopped === null ? { stop: null } : {}) };
  await transact(ctx.scope, [choose(ctx, { userId, stored }, choice, 'mail-settings.updated')]);
  return await findMailSettings(ctx, userId);
}

/** Turns one kind of mail off for somebody, as the link in each mail asks: once or many times, it is off. */
export async function unsubscribe(
  ctx: Context,
  { userId, mail }: { readonly userId: UserId; readonly mail: MailKind },
): Promise<void> {
  const stored = await findMailSettings(ctx, userId);
  if ((stored ?? unchosen)[mail] === false) return;
  // Who has been removed since gets no mail anyway.
  if ((await findUser(ctx.scope, userId)) === null) return;
  const choice = { [mail]: false };
  await transact(ctx.scope, [choose(ctx, { userId, stored }, choice, 'mail-settings.unsubscribed')]);
}

/**
 * Stops all mail to an address, since it bounced or its owner complained. What is told of an address that
 * somebody had before changes nothing, nor what is told twice.
 */
export async function stopMail(
  ctx: Context,
  {
    userId,
    address,
    because,
  }: { readonly userId: UserId; readonly address: string; readonly because: MailStop },
): Promise<'stopped' | 'known' | 'elsewhere'> {
  const user = await findUser(ctx.scope, userId);
  if (user === null || user.email !== address.toLowerCase()) return 'elsewhere';
  const stored = await findMailSettings(ctx, userId);
  if (isStopped(user, stored)) return 'known';
  const stop = { because, at: ctx.now.toISOString(), address: user.email };
  await transact(ctx.scope, [choose(ctx, { userId, stored }, { stop }, 'mail-settings.stopped')]);
  return 'stopped';
}
