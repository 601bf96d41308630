import { describe, expect, it } from 'vitest';
import { ApiKeyId } from '../../../domain/api-key/api-key.schema.ts';
import { newOrganizationId, UserId } from '../../../domain/ids.ts';
import { type Allowance, RateLimiter } from '../../../domain/rate-limit/rate-limiter.ts';
import type { Identity } from '../../../functions/http/identity.ts';
import type { Settle } from '../../../functions/http/request.ts';
import { requestCounter } from '../../../functions/http/steps/count-request.ts';

/** A limiter that gives every user a number. */
class Generous extends RateLimiter {
  override async admit(): Promise<void> {}
}

const counting = () => requestCounter(new Generous());
const home = { organizationId: newOrganizationId(new Date()), client: Object.create(null), table: 't' };

/** The part of a user's request that counting needs; returns the error code of its refusal. */
async function ask(
  count: ReturnType<typeof counting>,
  userId: string,
  admitted: boolean,
  more: Partial<Identity> = {},
) {
  const settlements: Settle[] = [];
  const identity = { userId: UserId.parse(userId), sessionId: 's', ...more };
  try {
    const admit = count({ now: new Date(), settlements }, { identity, home, isSafetyAct: undefined });
    if (admitted) await admit('growth', 'team_member');
    return 'answered';
  } catch (error) {
    expect(error).toMatchObject({ code: 'rate_limited' });
    return 'refused';
  } finally {
    for (const settle of settlements) await settle({ answer: { statusCode: 200 } });
  }
}

describe('whoever is no member', () => {
  it('is refused after sixty requests of a minute, and nobody else is', async () => {
    const count = counting();
    const answers: string[] = [];
    for (let request = 0; request < 130; request += 1) answers.push(await ask(count, 'user_out', false));
    // A minute may end in between: then each minute has some.
    expect(answers.slice(0, 60)).not.toContain('refused');
    expect(answers).toContain('refused');
    expect(await ask(count, 'user_in', true)).toBe('answered');
  });

  it('with wrong secrets of an API key doesn’t keep out who has the right one', async () => {
    const count = counting();
    const apiKeyId = ApiKeyId.parse('key_01ARZ3NDEKTSV4RRFFQ69G5FAV');
    const key = (sessionId: string) => ({ apiKeyId, sessionId });
    for (let request = 0; request < 130; request += 1) await ask(count, 'user_key', false, key('wrong'));
    expect(await ask(count, 'user_key', false, key('wrong'))).toBe('refused');
    expect(await ask(count, 'user_key', true, key('right'))).toBe('answered');
  });

  it('has no reserve with an API key, which only an admin’s own safety acts have', async () => {
    const reserved: unknown[] = [];
    class Noting extends RateLimiter {
      override async admit(_: unknown, { isReserved }: Allowance): Promise<void> {
        reserved.push(isReserved);
      }
    }
    const count = requestCounter(new Noting());
    const apiKeyId = ApiKeyId.parse('key_01ARZ3NDEKTSV4RRFFQ69G5FAV');
    for (const key of [{}, { apiKeyId }]) {
      const identity = { userId: UserId.parse('user_1'), sessionId: 's', ...key };
      const admit = count({ now: new Date(), settlements: [] }, { identity, home, isSafetyAct: true });
      await admit('growth', 'org_admin');
    }
    expect(reserved).toEqual([true, false]);
  });

  it('is somebody else than a member, who may ask on', async () => {
    const count = counting();
    for (let request = 0; request < 130; request += 1)
      expect(await ask(count, 'user_in', true)).toBe('answered');
  });
});
