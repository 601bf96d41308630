import type { OrganizationId } from '../../../../domain/ids.ts';
import { requireOrganization } from '../../../../domain/organization/find-organization.ts';
import { updateOrganization } from '../../../../domain/organization/update-organization.ts';
import type { Sending } from '../../../../domain/reminder/send-once.ts';
import { type ReminderDependencies, sendReminders } from '../../../../domain/reminder/send-reminders.ts';
import type { Mail } from '../../../../domain/reminder/write-mail.ts';
import { directoryShards } from '../../../../domain/table/layout.ts';
import {
  type ControlPlane,
  type OrganizationScope,
  withinOrganization,
} from '../../../../domain/table/scope.ts';
import { now } from './founding.ts';
import { create, newKpi } from './kpis.ts';
import { organizationOf } from './people.ts';

/** A Tuesday, at nine in Berlin. */
export const morning = new Date('2026-11-24T08:00:00.000Z');
export const berlin = { timeZone: 'Europe/Berlin', language: 'de' } as const;

/** An organization with reminders turned on, and a due KPI owned by its admin. */
export async function reminding(
  plane: ControlPlane,
  name: string,
  reminders: typeof berlin | { timeZone: string; language: 'en' } = berlin,
) {
  const { scope, admin, actor } = await organizationOf(plane, name);
  const ctx = { scope, actor, now };
  const turnOn = async (to: typeof reminders | null) => {
    const { revision } = await requireOrganization(scope);
    return await updateOrganization(ctx, { reminders: to, revision });
  };
  await turnOn(reminders);
  const kpi = await create(
    scope,
    actor,
    newKpi({ kind: 'user', userId: admin }, { name: `Sales of ${name}` }),
  );
  return { ...ctx, admin, kpi, turnOn };
}

interface World {
  readonly at?: Date;
  readonly send?: (mail: Mail) => Promise<Sending>;
  readonly hasTime?: () => boolean;
  readonly run?: string;
}

/** A run over all shards that sends email only to the users of one organization. */
export async function runFor(
  plane: ControlPlane,
  { organizationId }: OrganizationScope,
  { at = morning, send, hasTime, run = 'run-1' }: World = {},
) {
  const mails: Mail[] = [];
  const failures: unknown[] = [];
  const of: ReminderDependencies = {
    directory: plane,
    open: (id: OrganizationId) => withinOrganization(plane, id),
    clock: () => at,
    hasTime: hasTime ?? (() => true),
    pause: async () => {},
    links: {
      origin: 'https://mtcms.example',
      unsubscribeAt: ({ userId, mail }) => `https://mtcms.example/api/unsubscribe?token=${mail}.${userId}`,
    },
    send: async (mail) => {
      if (mail.organizationId !== organizationId) return 'sent';
      mails.push(mail);
      return (await send?.(mail)) ?? 'sent';
    },
    onFailure: (id, error) => {
      if (id === organizationId) failures.push(error);
    },
  };
  let left = 0;
  for (let shard = 0; shard < directoryShards; shard += 1)
    left += (await sendReminders(of, { run, shard })).left;
  return { mails, failures, left };
}
