import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemActor } from '../../../domain/actor.ts';
import { UserId } from '../../../domain/ids.ts';
import { requireOrganization } from '../../../domain/organization/find-organization.ts';
import { organizationsOfShard } from '../../../domain/organization/read-directory.ts';
import { suspendOrganization } from '../../../domain/organization/suspend-organization.ts';
import { updateOwnOrganization } from '../../../domain/organization/update-organization.ts';
import {
  findMailSettings,
  showMailSettings,
  stopMail,
  unsubscribe,
  updateMailSettings,
} from '../../../domain/reminder/mail-settings.ts';
import { reportPause } from '../../../domain/reminder/report-pause.ts';
import type { Sending } from '../../../domain/reminder/send-once.ts';
import type { Mail } from '../../../domain/reminder/write-mail.ts';
import { directoryShards } from '../../../domain/table/layout.ts';
import type { ControlPlane, OrganizationScope } from '../../../domain/table/scope.ts';
import { findUser } from '../../../domain/user/find-user.ts';
import { requireWebhook, updateWebhook } from '../../../domain/webhook/manage-webhooks.ts';
import { startControlPlane } from './support/control-plane.ts';
import { now } from './support/founding.ts';
import { join } from './support/people.ts';
import { berlin, reminding, runFor } from './support/reminding.ts';
import { place } from './support/webhook-target.ts';

let plane: ControlPlane;
let stop: () => Promise<void>;
beforeAll(async () => {
  ({ plane, stop } = await startControlPlane());
});
afterAll(() => stop());

describe('mail settings', () => {
  const show = async (scope: OrganizationScope, userId: UserId) => {
    const [user, stored] = await Promise.all([findUser(scope, userId), findMailSettings({ scope }, userId)]);
    if (user === null) throw new Error('nobody');
    return showMailSettings(user, stored, { plan: berlin, sending: 'on' });
  };

  it('begin with everything on, in the organization’s language, and change at the state that was read', async () => {
    const { scope, actor, admin } = await reminding(plane, 'Lima');
    const ctx = { scope, actor, now };
    expect(await show(scope, admin)).toEqual({
      ...{ userId: admin, reminders: true, digest: true, webhooks: true, language: 'de' },
      ...{ stopped: null, sending: 'on', revision: 0 },
    });
    await updateMailSettings(ctx, { userId: admin, revision: 0, digest: false });
    for (const late of [0, 2])
      await expect(
        updateMailSettings(ctx, { userId: admin, revision: late, digest: true }),
      ).rejects.toMatchObject({ code: 'stale' });
    await updateMailSettings(ctx, { userId: admin, revision: 1, language: 'en' });
    expect(await show(scope, admin)).toMatchObject({ digest: false, language: 'en', revision: 2 });
  });

  it('turn one kind off by a link, once or often, and nothing for who is gone', async () => {
    const { scope, admin } = await reminding(plane, 'Mike');
    const ctx = { scope, actor: systemActor('unsubscribe', 'request-9'), now };
    for (const _ of [1, 2]) await unsubscribe(ctx, { userId: admin, mail: 'reminders' });
    expect(await show(scope, admin)).toMatchObject({ reminders: false, digest: true, revision: 1 });
    const nobody = UserId.parse('user_nobody');
    await unsubscribe(ctx, { userId: nobody, mail: 'digest' });
    expect(await findMailSettings(ctx, nobody)).toBeNull();
  });

  it('say why nothing is sent to an address, until its owner wants it again or has another', async () => {
    const { scope, actor, admin } = await reminding(plane, 'November');
    const ctx = { scope, actor: systemActor('mail', 'event-1'), now };
    const bounce = { userId: admin, address: 'admin@november.example', because: 'bounced' } as const;
    expect(await stopMail(ctx, { ...bounce, address: 'former@november.example' })).toBe('elsewhere');
    expect(await stopMail(ctx, bounce)).toBe('stopped');
    expect(await stopMail(ctx, bounce)).toBe('known');
    expect(await show(scope, admin)).toMatchObject({
      ...{ stopped: { because: 'bounced', at: now.toISOString() }, revision: 1 },
    });
    const moved = { userId: admin, email: 'new@november.example' };
    const stored = await findMailSettings(ctx, admin);
    expect(showMailSettings(moved, stored, { plan: berlin, sending: 'on' }).stopped).toBeNull();
    await updateMailSettings({ ...ctx, actor }, { userId: admin, revision: 1, stopped: null });
    expect(await show(scope, admin)).toMatchObject({ stopped: null, revision: 2 });
    expect((await runFor(plane, scope)).mails).toHaveLength(1);
    expect(await stopMail(ctx, { ...bounce, because: 'complained' })).toBe('stopped');
  });
});

describe('an organization’s reminders', () => {
  it('are turned on and off by its admin, and stand on its row of the directory', async () => {
    const { scope, actor, turnOn } = await reminding(plane, 'Oscar');
    const onRow = async () => {
      for (let shard = 0; shard < directoryShards; shard += 1)
        for (const { id, reminders } of await organizationsOfShard(plane, shard, undefined, 1000))
          if (id === scope.organizationId) return reminders;
      return undefined;
    };
    expect(await onRow()).toEqual(berlin);
    const before = await requireOrganization(scope);
    const { revision } = before;
    await updateOwnOrganization({ scope, actor, now }, before, {
      allowedDomains: ['oscar.example'],
      revision,
    });
    expect(await onRow()).toEqual(berlin);
    await turnOn(null);
    expect(await onRow()).toBeUndefined();
    expect(await requireOrganization(scope)).not.toHaveProperty('reminders');
  });
});

/** An organization whose webhook, which is called with a token, is gone and therefore paused. */
async function paused(name: string) {
  const at = await place(plane, name);
  const { id } = await at.create({ name: 'Warehouse', url: 'https://hooks.example.com/in?token=s3cret' });
  await at.happen(0, 1);
  at.answer = () => 410;
  await at.send();
  expect(await requireWebhook(at.scope, id)).toMatchObject({ status: 'paused', pausedBecause: 'gone' });
  const mails: Mail[] = [];
  const report = (changeId: string, answer: Sending = 'sent') =>
    reportPause(
      at.scope,
      { webhookId: id, changeId, run: `run of ${changeId}` },
      {
        send: async (mail) => {
          mails.push(mail);
          return answer;
        },
        pause: async () => undefined,
        links: { origin: 'https://mtcms.example', unsubscribeAt: ({ mail }) => `https://u.example/${mail}` },
        now: at.now(),
      },
    );
  return { ...at, id, mails, report };
}

describe('a mail about a paused webhook', () => {
  it('goes to each admin who wants it, in their language, with the reason and a link, and no secret', async () => {
    const { scope, ctx, id, mails, report } = await paused('Quebec');
    const [german, quiet] = await Promise.all([
      join(scope, 'quebec_german', 'org_admin'),
      join(scope, 'quebec_quiet', 'org_admin'),
      join(scope, 'quebec_leader', 'team_leader'),
    ]);
    const choose = (userId: UserId, choice: object) =>
      updateMailSettings(ctx(), { userId, revision: 0, ...choice });
    await choose(german, { language: 'de', reminders: false, digest: false });
    await choose(quiet, { webhooks: false });
    expect(await report('change-1')).toBe(2);
    const to = (start: string) => mails.find((mail) => mail.to.startsWith(start));
    expect(mails.map((mail) => mail.to).sort()).toEqual([
      'admin@quebec.example',
      'quebec_german@people.example',
    ]);
    expect(to('admin')).toMatchObject({ subject: 'Webhook paused: Warehouse', mail: 'webhooks' });
    expect(to('admin')?.text).toContain('Its address responds with 410 Gone.');
    expect(to('admin')?.text).toContain(
      'Unsubscribe from emails about paused webhooks: https://u.example/webhooks',
    );
    const page = `https://mtcms.example/organizations/${scope.organizationId}/webhooks/${id}`;
    expect(to('admin')?.text).toContain(`Warehouse\nhooks.example.com\nOpen: ${page}`);
    expect(to('quebec_german')).toMatchObject({ subject: 'Webhook pausiert: Warehouse' });
    expect(to('quebec_german')?.text).toContain('Seine Adresse antwortet mit 410 Gone.');
    expect(JSON.stringify(mails)).not.toContain('s3cret');
  });

  it('is sent once per pause, however often and however many at once report it', async () => {
    const { mails, report } = await paused('Romeo');
    await Promise.all(['change-1', 'change-1', 'change-1'].map((change) => report(change)));
    await report('change-1');
    expect(mails).toHaveLength(1);
    await report('change-2');
    expect(mails).toHaveLength(2);
  });

  it('is tried again in the next run if SES took none, and never if it may have', async () => {
    const { mails, report } = await paused('Sierra');
    await expect(report('change-1', 'later')).rejects.toThrow('SES takes no mail now');
    expect(await report('change-1')).toBe(1);
    const before = mails.length;
    await report('change-2', 'unknown');
    await report('change-2');
    expect(mails).toHaveLength(before + 1);
  });

  it('isn’t sent once the webhook is resumed, or while the organization is suspended', async () => {
    const { ctx, scope, id, mails, report } = await paused('Tango');
    const { revision } = await requireWebhook(scope, id);
    await updateWebhook(ctx(), { webhookId: id, revision, isLocal: false, status: 'active' });
    expect(await report('change-1')).toBe(0);
    const other = await paused('Uniform');
    await suspendOrganization(other.ctx(), { reason: 'Unpaid' });
    expect(await other.report('change-1')).toBe(0);
    expect([...mails, ...other.mails]).toEqual([]);
  });
});
