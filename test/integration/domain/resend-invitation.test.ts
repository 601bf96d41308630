import { type DynamoDBDocumentClient, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '../../../domain/actor.ts';
import { AppError } from '../../../domain/errors.ts';
import type { NewInvitation } from '../../../domain/invitation/invitation.schema.ts';
import { invite } from '../../../domain/invitation/invite.ts';
import { maintainInvitations } from '../../../domain/invitation/maintain-invitations.ts';
import { resendInvitation } from '../../../domain/invitation/resend-invitation.ts';
import { revokeInvitation } from '../../../domain/invitation/revoke-invitation.ts';
import type { InvitationSender } from '../../../domain/invitation/send-invitation.ts';
import { requireOrganizationWithCounts } from '../../../domain/organization/counts.ts';
import type { ControlPlane, OrganizationScope } from '../../../domain/table/scope.ts';
import { startControlPlane } from './support/control-plane.ts';
import { now, onPlan, resendingOf, sender } from './support/founding.ts';
import { organizationOf as organizationIn } from './support/members.ts';

let plane: ControlPlane;
let stop: () => Promise<void>;
beforeAll(async () => {
  ({ plane, stop } = await startControlPlane());
});
afterAll(() => stop());

const organizationOf = (name: string) => organizationIn(plane, name);
const later = (days: number) => new Date(now.getTime() + days * 86_400_000);
const keeper: Actor = { by: 'system:invitations', role: 'system', requestId: 'run' };
const person = (email: string): NewInvitation => ({ email, name: 'Pat Person', role: 'team_member' });
const pending = async (scope: OrganizationScope) =>
  (await requireOrganizationWithCounts(scope)).counts.pendingInvitations;

/** An identity provider that records the emails that it sends and revokes. */
function noted(faults: Partial<InvitationSender> = {}) {
  const sent: string[] = [];
  const withdrawn: string[] = [];
  const provider = sender({
    async send({ email }) {
      sent.push(email);
      return { delivery: 'sent', providerId: 'the second letter' };
    },
    withdraw: async (letter) => void withdrawn.push(letter),
    ...faults,
  });
  return { sent, withdrawn, provider };
}

/** A client whose writes succeed and whose responses are lost. */
const losingAnswers = (client: DynamoDBDocumentClient): DynamoDBDocumentClient =>
  new Proxy(client, {
    get: (target, name) =>
      name === 'send'
        ? async (command: TransactWriteCommand) => {
            const answer = await target.send(command);
            if (!(command instanceof TransactWriteCommand)) return answer;
            throw new Error('socket hang up');
          }
        : Reflect.get(target, name),
  });

/** An organization with an expired invitation. */
async function withExpired(name: string) {
  const { scope, actor } = await organizationOf(name);
  const email = `late@${name.toLowerCase()}.example`;
  const { id } = await invite(
    { scope, actor, now },
    { person: person(email), organization: onPlan('growth') },
    sender(),
  );
  await maintainInvitations({ scope, actor: keeper, now: later(14) }, sender());
  return { scope, actor, email, id };
}

describe('an expired invitation that is sent again', () => {
  it('takes seat and address anew', async () => {
    const { scope, actor, id } = await withExpired('Reopened');
    const { provider, withdrawn } = noted();
    expect(
      await resendInvitation({ scope, actor, now: later(15) }, await resendingOf(scope, id), provider),
    ).toMatchObject({
      status: 'pending',
      delivery: 'sent',
    });
    expect(withdrawn).toEqual([`at-clerk-${id}`]);
    expect(await pending(scope)).toBe(1);
  });

  it('takes a seat though its letter can’t be sent now', async () => {
    const { scope, actor, id } = await withExpired('Waiting');
    const away = sender({ send: async () => ({ delivery: 'queued' }) });
    const resending = await resendingOf(scope, id);
    expect(await resendInvitation({ scope, actor, now: later(15) }, resending, away)).toMatchObject({
      status: 'pending',
      delivery: 'queued',
    });
    expect(await pending(scope)).toBe(1);
  });

  it('is refused without a letter where no seat is left, or somebody has the address by now', async () => {
    const { scope, actor, email, id } = await withExpired('Full');
    const { sent, provider } = noted();
    const resending = await resendingOf(scope, id);
    const full = { ...resending, counts: { ...resending.counts, users: 50 } };
    const refusal = { code: 'entitlement_exceeded' };
    await expect(resendInvitation({ scope, actor, now: later(15) }, full, provider)).rejects.toMatchObject(
      refusal,
    );
    await invite(
      { scope, actor, now: later(15) },
      { person: person(email), organization: onPlan('growth') },
      sender(),
    );
    const again = resendInvitation({ scope, actor, now: later(15) }, resending, provider);
    await expect(again).rejects.toMatchObject({ code: 'already_exists', fields: [{ path: 'email' }] });
    expect(sent).toEqual([]);
    expect(await pending(scope)).toBe(1);
  });

  it('leaves no good letter when somebody takes the address or the seat meanwhile', async () => {
    const { scope, actor, email, id } = await withExpired('Overtaken');
    const resending = await resendingOf(scope, id);
    const { withdrawn, provider } = noted();
    const subscription = { plan: 'starter' as const, startDate: '2026-11-01' };
    const starter = { ...resending, organization: { allowedDomains: [], subscription } };
    for (let guest = 0; guest < 9; guest += 1)
      await invite(
        { scope, actor, now: later(15) },
        { person: person(`guest-${guest}@overtaken.example`), organization: onPlan('growth') },
        sender(),
      );
    await expect(resendInvitation({ scope, actor, now: later(15) }, starter, provider)).rejects.toMatchObject(
      {
        code: 'entitlement_exceeded',
      },
    );
    const overtaken = noted({
      async send() {
        await invite(
          { scope, actor, now: later(15) },
          { person: person(email), organization: onPlan('growth') },
          sender(),
        );
        return { delivery: 'sent', providerId: 'the third letter' };
      },
    });
    await expect(
      resendInvitation({ scope, actor, now: later(15) }, resending, overtaken.provider),
    ).rejects.toMatchObject({
      code: 'already_exists',
    });
    expect([...withdrawn, ...overtaken.withdrawn]).toEqual(['the second letter', 'the third letter']);
    expect(await pending(scope)).toBe(10);
  });
});

describe('an invitation whose sending again fails', () => {
  it('keeps the letter that the table may name when the answer of the write is lost', async () => {
    const { scope, actor, id } = await withExpired('Lost');
    const resending = await resendingOf(scope, id);
    const { withdrawn, provider } = noted();
    const losing = { ...scope, client: losingAnswers(scope.client) };
    await expect(
      resendInvitation({ scope: losing, actor, now: later(15) }, resending, provider),
    ).rejects.toThrow('socket hang up');
    expect(withdrawn).toEqual([]);
    expect((await resendingOf(scope, id)).stored).toMatchObject({
      status: 'pending',
      delivery: 'sent',
      providerId: 'the second letter',
    });
  });

  it('says why it was refused, also when its letter can’t be withdrawn now', async () => {
    const { scope, actor, email, id } = await withExpired('Masked');
    const resending = await resendingOf(scope, id);
    await invite(
      { scope, actor, now: later(15) },
      { person: person(email), organization: onPlan('growth') },
      sender(),
    );
    const { provider } = noted({
      withdraw: async () => {
        throw new AppError('identity_unavailable', 'The sign-in service is away.');
      },
    });
    await expect(
      resendInvitation({ scope, actor, now: later(15) }, resending, provider),
    ).rejects.toMatchObject({
      code: 'already_exists',
    });
  });
});

describe('an open invitation that is sent again', () => {
  it('leaves no good letter when somebody takes it back meanwhile', async () => {
    const { scope, actor } = await organizationOf('Race');
    const { id, revision } = await invite(
      { scope, actor, now },
      { person: person('a@race.example'), organization: onPlan('growth') },
      sender(),
    );
    const resending = await resendingOf(scope, id);
    const { withdrawn, provider } = noted({
      async send() {
        await revokeInvitation({ scope, actor, now }, { stored: resending.stored, revision }, sender());
        return { delivery: 'sent', providerId: 'the second letter' };
      },
    });
    const again = resendInvitation({ scope, actor, now }, resending, provider);
    await expect(again).rejects.toMatchObject({ code: 'conflict' });
    expect(withdrawn).toEqual(['the second letter']);
    expect(await pending(scope)).toBe(0);
  });
});
