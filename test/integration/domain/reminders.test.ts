import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DirectoryRowItem } from '../../../domain/organization/organization.noun.ts';
import { stopMail, updateMailSettings } from '../../../domain/reminder/mail-settings.ts';
import { sendEmergencyNotice } from '../../../domain/reminder/send-emergency-notice.ts';
import type { Sending } from '../../../domain/reminder/send-once.ts';
import type { Mail } from '../../../domain/reminder/write-mail.ts';
import { openSupportAccess } from '../../../domain/support-access/manage-support-access.ts';
import { entityOf } from '../../../domain/table/entity.ts';
import type { ControlPlane } from '../../../domain/table/scope.ts';
import { createTeam } from '../../../domain/team/create-team.ts';
import { findUser } from '../../../domain/user/find-user.ts';
import { updateUser } from '../../../domain/user/update-user.ts';
import { startControlPlane } from './support/control-plane.ts';
import { now } from './support/founding.ts';
import { create, newKpi, report } from './support/kpis.ts';
import { join } from './support/people.ts';
import { berlin, morning, reminding, runFor } from './support/reminding.ts';

let plane: ControlPlane;
let stop: () => Promise<void>;
beforeAll(async () => {
  ({ plane, stop } = await startControlPlane());
});
afterAll(() => stop());

describe('reminders', () => {
  it('say what somebody has to check in on, with links to each form, in their language, and how to stop', async () => {
    const { scope, actor, admin, kpi } = await reminding(plane, 'Alpha');
    const assigned = await join(scope, 'alpha_berta');
    const shared = newKpi({ kind: 'user', userId: admin }, { name: 'Sales shared', assigneeIds: [assigned] });
    const { id } = await create(scope, actor, shared);
    await report(scope, actor, id, { value: 12.5, at: new Date('2026-11-10T08:00:00Z') });
    const fresh = await create(
      scope,
      actor,
      newKpi({ kind: 'user', userId: admin }, { name: 'Sales fresh' }),
    );
    await report(scope, actor, fresh.id, { value: 1, made: morning, at: new Date('2026-11-23T08:00:00Z') });
    await updateMailSettings({ scope, actor, now }, { userId: admin, revision: 0, language: 'en' });
    const { mails } = await runFor(plane, scope);
    const [toAdmin, toBerta] = [admin, assigned].map((userId) =>
      mails.find((mail) => mail.userId === userId),
    );
    expect(mails).toHaveLength(2);
    expect(toAdmin).toMatchObject({ to: 'admin@alpha.example', subject: '2 check-ins are due' });
    expect(toAdmin?.text).toContain('Sales of Alpha\nNo value yet');
    expect(toAdmin?.text).toContain('Sales shared\nLast value 12.5 %, Nov 10, 2026');
    const form = `https://mtcms.example/organizations/${scope.organizationId}/kpis/${kpi.id}?dialog=check-in`;
    expect(toAdmin?.text).toContain(`Check in: ${form}`);
    expect(toAdmin?.html).toContain(`href="${form}"`);
    expect(toBerta).toMatchObject({ subject: 'Check-in fällig: Sales shared' });
    expect(toBerta?.text).toContain('Letzter Wert 12,5 %, 10.11.2026');
    expect(toBerta?.text).toContain(`Erinnerungen abbestellen: ${toBerta?.unsubscribeAt}`);
  });

  it('go out once a day, however often and however many at once it runs, and again the next day', async () => {
    const { scope } = await reminding(plane, 'Bravo');
    const together = await Promise.all(['a', 'b', 'c'].map((run) => runFor(plane, scope, { run })));
    expect(together.flatMap(({ mails }) => mails)).toHaveLength(1);
    expect((await runFor(plane, scope, { at: new Date('2026-11-24T10:59:00Z') })).mails).toEqual([]);
    expect((await runFor(plane, scope, { at: new Date('2026-11-25T07:00:00Z') })).mails).toHaveLength(1);
  });

  it.each([
    ['before eight', '2026-11-24T06:59:59Z', 0],
    ['at eight', '2026-11-24T07:00:00Z', 1],
    ['after noon', '2026-11-24T11:00:00Z', 0],
  ])('go out in the organization’s own morning: %s', async (name, at, count) => {
    const { scope } = await reminding(plane, `Charlie_${name.replaceAll(' ', '_')}`);
    expect((await runFor(plane, scope, { at: new Date(at) })).mails).toHaveLength(count);
  });

  it('aren’t for organizations that have them off, are suspended, leave, or whose plan has ended', async () => {
    const { scope, turnOn } = await reminding(plane, 'Delta');
    const told = async (change: object) => {
      const { organizationId, client, table } = scope;
      await entityOf(DirectoryRowItem).patch({ organizationId }).set(change).go({ client, table });
      return (await runFor(plane, scope)).mails;
    };
    expect(await told({ status: 'inactive' })).toEqual([]);
    expect(await told({ status: 'active', frozenAt: now.toISOString() })).toEqual([]);
    await turnOn(null);
    expect((await runFor(plane, scope)).mails).toEqual([]);
    await turnOn(berlin);
    expect(await told({ endDate: '2026-11-23' })).toEqual([]);
    expect(await told({ endDate: '2026-11-24' })).toHaveLength(1);
  });

  it('aren’t for who is deactivated, has turned them off, or whose address takes none', async () => {
    const { scope, actor, admin } = await reminding(plane, 'Echo');
    const ids = await Promise.all(['off', 'gone', 'lost', 'here'].map((id) => join(scope, `echo_${id}`)));
    await create(
      scope,
      actor,
      newKpi({ kind: 'user', userId: admin }, { name: 'Sales all', assigneeIds: ids }),
    );
    const [off, gone, lost] = ids;
    if (off === undefined || gone === undefined || lost === undefined) throw new Error('nobody joined');
    const ctx = { scope, actor, now };
    await updateMailSettings(ctx, { userId: off, revision: 0, reminders: false });
    const user = await findUser(scope, gone);
    await updateUser(ctx, { userId: gone, status: 'deactivated', revision: user?.revision ?? 0 });
    expect(
      await stopMail(ctx, { userId: lost, address: 'ECHO_LOST@people.example', because: 'bounced' }),
    ).toBe('stopped');
    const { mails } = await runFor(plane, scope);
    expect(mails.map(({ to }) => to).sort()).toEqual(['admin@echo.example', 'echo_here@people.example']);
    const toAdmin = mails.find(({ to }) => to.startsWith('admin'));
    expect(toAdmin?.text).toContain('Sales of Echo');
    expect(toAdmin?.text).toContain('Sales all');
  });
});

describe('the digest of a week', () => {
  const monday = new Date('2026-11-23T08:00:00.000Z');

  it('says on Mondays how KPIs do, to admins of all and to leads of their teams, and to nobody else', async () => {
    const { scope, actor } = await reminding(plane, 'Papa');
    const ctx = { scope, actor, now };
    const [leader, member, off] = await Promise.all([
      join(scope, 'papa_lead', 'team_leader'),
      join(scope, 'papa_member'),
      join(scope, 'papa_off', 'org_admin'),
    ]);
    const team = await createTeam(ctx, { name: 'Papa team', leaderId: leader, plan: 'enterprise' });
    await create(scope, actor, newKpi({ kind: 'team', teamId: team.id }, { name: 'Sales of the team' }));
    await updateMailSettings(ctx, { userId: off, revision: 0, digest: false, reminders: false });
    await stopMail(ctx, { userId: member, address: 'papa_member@people.example', because: 'complained' });
    const { mails } = await runFor(plane, scope, { at: monday });
    const digests = mails.filter(({ mail }) => mail === 'digest');
    expect(digests.map(({ to }) => to).sort()).toEqual(['admin@papa.example', 'papa_lead@people.example']);
    const [toAdmin, toLead] = ['admin', 'papa_lead'].map((who) =>
      digests.find(({ to }) => to.startsWith(who)),
    );
    expect(toAdmin).toMatchObject({ subject: 'Diese Woche: Papa' });
    expect(toAdmin?.text).toContain('2 keine Daten\n\n2 Check-ins sind überfällig.');
    expect(toAdmin?.text).toContain('E-Mails an 1 Person sind ausgeschaltet');
    expect(toLead?.text).toContain('Sales of the team\nkeine Daten · Noch kein Wert');
    expect(toLead?.text).not.toMatch(/Sales of Papa|ausgeschaltet/);
    expect((await runFor(plane, scope, { at: monday, run: 'run-2' })).mails).toEqual([]);
    expect((await runFor(plane, scope)).mails.filter(({ mail }) => mail === 'digest')).toEqual([]);
  });
});

describe('support access in an emergency', () => {
  const at = new Date('2026-11-24T21:05:00.000Z');
  const support = { by: 'user_root', name: 'Sofia Keller', role: 'super_admin', requestId: 'r-1' } as const;
  const input = {
    reason: 'Wrong <totals> since noon.',
    minutes: 60,
    mode: 'read',
    isEmergency: true,
  } as const;

  /** An organization opened in an emergency, and a way to send its notice. */
  async function opened(name: string) {
    const world = await reminding(plane, name);
    const { scope } = world;
    const { id } = await openSupportAccess({ scope, actor: support, now: at }, 'consented', input);
    const mails: Mail[] = [];
    const tell = (run: string, send: (mail: Mail) => Promise<Sending> = async () => 'sent') =>
      sendEmergencyNotice(
        {
          ...{ scope, origin: 'https://mtcms.example', now: at, run, pause: async () => undefined },
          send: async (mail) => {
            mails.push(mail);
            return await send(mail);
          },
        },
        { organizationId: scope.organizationId, supportAccessId: id },
      );
    return { ...world, tell, mails };
  }

  it('is told to each active admin once, in their language, whatever they have turned off', async () => {
    const { scope, actor, admin, tell, mails } = await opened('Sierra');
    const [second, gone, lost] = [
      await join(scope, 'sierra_second', 'org_admin'),
      await join(scope, 'sierra_gone', 'org_admin'),
      await join(scope, 'sierra_lost', 'org_admin'),
    ];
    await join(scope, 'sierra_lead', 'team_leader');
    const ctx = { scope, actor, now };
    const off = { reminders: false, digest: false, language: 'en' } as const;
    await updateMailSettings(ctx, { userId: second, revision: 0, ...off });
    const user = await findUser(scope, gone);
    await updateUser(ctx, { userId: gone, status: 'deactivated', revision: user?.revision ?? 0 });
    await stopMail(ctx, { userId: lost, address: 'sierra_lost@people.example', because: 'bounced' });
    expect(await tell('run-1')).toMatchObject({ sent: 2 });
    const [german, english] = [admin, second].map((userId) => mails.find((one) => one.userId === userId));
    expect(german).toMatchObject({ subject: 'Supportzugriff im Notfall: Sierra' });
    expect(german?.text).toContain(
      'Sofia Keller von der Plattform hat Ihre Organisation am 24. Nov. 2026, 22:05 MEZ',
    );
    expect(english?.text).toContain('until Nov 24, 2026, 11:05 PM GMT+1 at the latest');
    expect(english?.text).toContain('Reason\nWrong <totals> since noon.');
    expect(english?.html).toContain('Wrong &lt;totals&gt; since noon.');
    expect(english?.text).toContain(
      `https://mtcms.example/organizations/${scope.organizationId}/support-access`,
    );
    expect(JSON.stringify(mails)).not.toMatch(/[Uu]nsubscribe|abbestellen: /);
    expect(await tell('run-2')).toMatchObject({ sent: 0, marked: 2 });
  });

  it('is told by the next attempt to whom it could not be sent', async () => {
    const { scope, tell } = await opened('Tango');
    await join(scope, 'tango_second', 'org_admin');
    const isFirst = ({ to }: Mail) => to.startsWith('admin');
    await expect(tell('run-1', async (mail) => (isFirst(mail) ? 'later' : 'sent'))).rejects.toThrow('SES');
    expect(await tell('run-2')).toMatchObject({ sent: 1, marked: 1 });
  });
});

describe('trouble while sending', () => {
  it('tries again what SES is too busy for, and takes the mark back if it stays so', async () => {
    const { scope } = await reminding(plane, 'Foxtrot');
    const answers: Sending[] = ['later', 'later', 'sent'];
    expect((await runFor(plane, scope, { send: async () => answers.shift() ?? 'sent' })).mails).toHaveLength(
      3,
    );
    const other = await reminding(plane, 'Golf');
    const down = await runFor(plane, other.scope, { send: async () => 'later' });
    expect(down).toMatchObject({ failures: [expect.any(Error)] });
    expect((await runFor(plane, other.scope, { run: 'run-2' })).mails).toHaveLength(1);
    expect((await runFor(plane, other.scope, { run: 'run-3' })).mails).toEqual([]);
  });

  it('never sends again what may have been sent: a crash, or no answer', async () => {
    const { scope } = await reminding(plane, 'Hotel');
    const crash = () => Promise.reject(new Error('the process was killed'));
    expect(await runFor(plane, scope, { send: crash })).toMatchObject({ failures: [expect.any(Error)] });
    expect((await runFor(plane, scope, { run: 'run-2' })).mails).toEqual([]);
    const other = await reminding(plane, 'India');
    expect((await runFor(plane, other.scope, { send: async () => 'unknown' })).failures).toEqual([]);
    expect((await runFor(plane, other.scope, { run: 'run-2' })).mails).toEqual([]);
  });

  it('goes on in the next run with those for whom there was no time', async () => {
    const { scope, actor, admin } = await reminding(plane, 'Juliett');
    const more = await join(scope, 'juliett_more');
    await create(scope, actor, newKpi({ kind: 'user', userId: admin }, { assigneeIds: [more] }));
    let isLate = false;
    const send = async (): Promise<Sending> => {
      isLate = true;
      return 'sent';
    };
    const first = await runFor(plane, scope, { send, hasTime: () => !isLate });
    expect(first.mails).toHaveLength(1);
    expect(first.left).toBeGreaterThan(0);
    expect((await runFor(plane, scope, { run: 'run-2' })).mails).toHaveLength(1);
    const slow = await reminding(plane, 'Kilo');
    expect((await runFor(plane, slow.scope, { hasTime: () => false })).left).toBeGreaterThan(0);
    expect((await runFor(plane, slow.scope, { run: 'run-2' })).mails).toHaveLength(1);
  });
});
