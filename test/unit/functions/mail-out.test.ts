import { SESv2ServiceException } from '@aws-sdk/client-sesv2';
import { describe, expect, it, vi } from 'vitest';
import { OrganizationId, UserId } from '../../../domain/ids.ts';
import { openUnsubscribing, sealUnsubscribing } from '../../../domain/reminder/unsubscribe-token.ts';

const now = new Date('2026-11-24T08:00:00.000Z');
const whose = {
  organizationId: OrganizationId.parse('org_01KB2W4QZJ6M8V3D5N7P9R1T3X'),
  userId: UserId.parse('user_ada'),
  mail: 'reminders',
} as const;

describe('a link to unsubscribe', () => {
  const token = sealUnsubscribing(whose, 'key', now);
  const days = (count: number) => new Date(now.getTime() + count * 86_400_000);

  it('says whose mail of which kind, for 180 days', () => {
    expect(openUnsubscribing(token, 'key', now)).toEqual(whose);
    expect(openUnsubscribing(token, 'key', days(180))).toEqual(whose);
    expect(openUnsubscribing(token, 'key', days(181))).toBeNull();
  });

  it.each([
    ['of another key', sealUnsubscribing(whose, 'other', now)],
    ['for somebody else', token.replace('user_ada', 'user_bea')],
    ['for another organization', token.replace('T3X', 'T3Y')],
    ['for another kind', token.replace('reminders', 'digest')],
    ['of another day', token.replace(/\.\d+\./, '.99999.')],
    ['cut off', token.slice(0, -1)],
    ['without a signature', token.slice(0, token.lastIndexOf('.') + 1)],
    ['that is empty', ''],
  ])('is refused: one %s', (_, forged) => {
    expect(openUnsubscribing(forged, 'key', now)).toBeNull();
  });
});

describe('what SES answers', () => {
  const mail = {
    ...whose,
    to: 'a@b.example',
    subject: 's',
    text: 't',
    html: 'h',
    unsubscribeAt: 'https://x',
  };
  const failing = async (error: unknown) => {
    vi.resetModules();
    vi.doMock('@aws-sdk/client-sesv2', () => ({
      SendEmailCommand: class {},
      SESv2Client: class {
        send = () => Promise.reject(error);
      },
    }));
    const { mailer } = await import('../../../functions/aws/ses.ts');
    const told: string[] = [];
    const outcome = await mailer({ from: 'x@y.example', configurationSet: 'c' }, (name) => told.push(name))(
      mail,
    );
    return { outcome, told };
  };
  const answer = (name: string, httpStatusCode: number) =>
    new SESv2ServiceException({ name, $fault: 'client', $metadata: { httpStatusCode } });

  it.each([
    ['TooManyRequestsException', 429, 'later'],
    ['InternalFailure', 500, 'later'],
    ['SendingPausedException', 400, 'later'],
    ['MessageRejected', 400, 'refused'],
    ['BadRequestException', 400, 'refused'],
  ])('%s (%i): %s', async (name, status, outcome) => {
    expect(await failing(answer(name, status))).toEqual({ outcome, told: [name] });
  });

  it('nothing at all: nobody knows whether the mail was sent', async () => {
    const lost = Object.assign(new Error('socket hang up'), {
      name: 'TimeoutError',
      $metadata: { attempts: 1 },
    });
    expect(await failing(lost)).toEqual({ outcome: 'unknown', told: ['TimeoutError'] });
  });
});
