import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemActor } from '../../../domain/actor.ts';
import { UserId } from '../../../domain/ids.ts';
import { requireOrganization } from '../../../domain/organization/find-organization.ts';
import { organizationsOfShard } from '../../../domain/organization/read-directory.ts';
import { updateOwnOrganization } from '../../../domain/organization/update-organization.ts';
import {
  findMailSettings,
  showMailSettings,
  stopMail,
  unsubscribe,
  updateMailSettings,
} from '../../../domain/reminder/mail-settings.ts';
import { directoryShards } from '../../../domain/table/layout.ts';
import type { ControlPlane, OrganizationScope } from '../../../domain/table/scope.ts';
import { findUser } from '../../../domain/user/find-user.ts';
import { startControlPlane } from './support/control-plane.ts';
import { now } from './support/founding.ts';
import { berlin, reminding, runFor } from './support/reminding.ts';

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
      ...{ userId: admin, reminders: true, digest: true, language: 'de', stopped: null, sending: 'on' },
      revision: 0,
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
