import type { Context } from '../context.ts';
import { stale } from '../errors.ts';
import type { UserId } from '../ids.ts';
import type { MailPlan } from '../organization/profile.schema.ts';
import type { Stored } from '../table/entity.ts';
import { find, findAll } from '../table/reads.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { transact, type Write } from '../table/transaction.ts';
import { change, create, fresh, remove, settingsOf } from '../table/writes.ts';
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

/** The defaults for users without stored settings. */
const unchosen = { reminders: true, digest: true, webhooks: true };

/** Whether email to the user's current address is stopped. */
export const isStopped = ({ email }: Pick<User, 'email'>, stored: StoredMailSettings | null): boolean =>
  stored?.stoppedBecause !== undefined && stored.stoppedAddress === email;

/** The settings as their owner sees them. */
export function showMailSettings(
  user: Pick<User, 'userId' | 'email'>,
  stored: StoredMailSettings | null,
  { plan, sending }: { readonly plan: MailPlan | undefined; readonly sending: MailSending },
): MailSettings {
  const { reminders, digest, webhooks } = { ...unchosen, ...stored };
  const { language, stoppedBecause: because, stoppedAt: at } = stored ?? {};
  const isOver = isStopped(user, stored) && because !== undefined && at !== undefined;
  return {
    userId: user.userId,
    ...{ reminders, digest, webhooks },
    language: language ?? plan?.language ?? 'en',
    stopped: isOver ? { because, at } : null,
    sending,
    revision: stored?.revision ?? 0,
  };
}

/** A user's stored settings, or null. */
export const findMailSettings = (
  { scope }: Pick<Context, 'scope'>,
  userId: UserId,
): Promise<StoredMailSettings | null> => find(scope, MailSettingsItem, { userId });

/** The stored settings of an organization's users. */
export async function allMailSettings(scope: OrganizationScope): Promise<Map<UserId, StoredMailSettings>> {
  const all = await findAll(scope, MailSettingsItem, {}, { consistent: false });
  return new Map(all.map((stored) => [stored.userId, stored]));
}

/** Whether a user is active, has this kind of email on, and an address that accepts it. */
export const wants = (user: User, stored: StoredMailSettings | undefined, mail: MailKind): boolean =>
  user.status === 'active' && stored?.[mail] !== false && !isStopped(user, stored ?? null);

/** The changed settings; null resumes email to an address that was stopped. */
interface Choice extends Omit<MailSettingsChange, 'stopped'> {
  readonly stop?: { readonly because: MailStop; readonly at: string; readonly address: string } | null;
}

type SettingsAction = 'mail-settings.updated' | 'mail-settings.unsubscribed' | 'mail-settings.stopped';

/** The write that updates settings, or creates them. */
function choose(
  ctx: Context,
  { userId, stored }: { readonly userId: UserId; readonly stored: StoredMailSettings | null },
  { stop, reminders, digest, webhooks, language }: Choice,
  action: SettingsAction,
): Write {
  const why = { stoppedBecause: stop?.because, stoppedAt: stop?.at, stoppedAddress: stop?.address };
  if (stored === null) {
    const wishes = { reminders: reminders ?? unchosen.reminders, digest: digest ?? unchosen.digest };
    const made = fresh(ctx, MailSettingsItem, { userId, ...wishes, webhooks, language, ...why }, action);
    return create(ctx.scope, MailSettingsItem, made, stale);
  }
  const set = { reminders, digest, webhooks, language, ...(stop === undefined ? {} : settingsOf(why)) };
  return change(ctx, MailSettingsItem, { userId }, { action, set, at: stored.revision });
}

/** Updates the caller's settings. Throws `stale`. */
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

/** Turns one kind of email off for a user, as requested by the link in each email. Idempotent. */
export async function unsubscribe(
  ctx: Context,
  { userId, mail }: { readonly userId: UserId; readonly mail: MailKind },
): Promise<void> {
  const stored = await findMailSettings(ctx, userId);
  if (stored?.[mail] === false) return;
  // Removed since: they get no email anyway.
  if ((await findUser(ctx.scope, userId)) === null) return;
  const choice = { [mail]: false };
  await transact(ctx.scope, [choose(ctx, { userId, stored }, choice, 'mail-settings.unsubscribed')]);
}

/**
 * Stops all email to an address that bounced or whose owner complained. Reports about a former address, and
 * repeated reports, change nothing.
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

/** Deletes the settings of a removed user whose data is erased. */
export async function removeMailSettings(ctx: Context, userId: UserId): Promise<void> {
  const stored = await findMailSettings(ctx, userId);
  if (stored !== null)
    await transact(ctx.scope, remove(ctx, MailSettingsItem, stored, 'mail-settings.deleted'));
}
