import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { newOrganizationId, PLATFORM, UserId } from '../../../domain/ids.ts';
import { type Caller, RateLimiter } from '../../../domain/rate-limit/rate-limiter.ts';
import { catalogue } from '../../../domain/subscription/catalogue.ts';
import type { Plan } from '../../../domain/subscription/subscription.schema.ts';
import { type ControlPlane, withinOrganization } from '../../../domain/table/scope.ts';
import { startControlPlane } from './support/control-plane.ts';

const now = new Date('2026-11-25T12:00:20.000Z');
const nextMinute = new Date('2026-11-25T12:01:00.000Z');
const refusal = expect.objectContaining({ code: 'rate_limited', retryAfterSeconds: 40 });
const limit = catalogue.starter.requestsPerMinute;

let plane: ControlPlane;
let stop: () => Promise<void>;
beforeAll(async () => {
  ({ plane, stop } = await startControlPlane());
});
afterAll(() => stop());

const callerOf = (organizationId = newOrganizationId(now), userId = 'user_1'): Caller => ({
  scope: withinOrganization(plane, organizationId),
  userId: UserId.parse(userId),
});

/** Another user of the same organization. */
const colleague = ({ scope }: Caller, name: string | number): Caller => ({
  scope,
  userId: UserId.parse(`user_${name}`),
});

/** One request of an organization; returns whether it was admitted. */
async function ask(
  limiter: RateLimiter,
  caller: Caller,
  at = now,
  plan: Plan = 'starter',
  isReserved = false,
): Promise<boolean> {
  try {
    if (!isReserved) limiter.refuseUsedUp(caller, at);
    await limiter.admit(caller, { plan, isReserved }, at);
    return true;
  } catch (error) {
    expect(error).toEqual(refusal);
    return false;
  }
}

describe('requests in a minute', () => {
  it('are answered up to the plan’s limit, and again in the next minute', async () => {
    const [limiter, caller] = [new RateLimiter(), callerOf()];
    const answered = [];
    for (let request = 0; request < limit + 3; request += 1)
      answered.push(await ask(limiter, colleague(caller, request % 4)));
    expect(answered.filter(Boolean)).toHaveLength(limit);
    expect(answered.slice(-3)).toEqual([false, false, false]);
    expect(await ask(limiter, caller, nextMinute)).toBe(true);
  });

  it('are never more than the limit over all execution environments together', async () => {
    const caller = callerOf();
    const environments = Array.from({ length: 4 }, () => new RateLimiter());
    let answered = 0;
    for (let request = 0; request < limit + 40; request += 1) {
      const limiter = environments[request % environments.length];
      if (limiter !== undefined && (await ask(limiter, colleague(caller, request % 3)))) answered += 1;
    }
    expect(answered).toBe(limit);
  });

  it('of one organization leave another’s allowance alone', async () => {
    const limiter = new RateLimiter();
    const busy = callerOf();
    for (let request = 0; request <= limit; request += 1) await ask(limiter, colleague(busy, request % 4));
    expect(await ask(limiter, busy)).toBe(false);
    expect(await ask(limiter, callerOf())).toBe(true);
  });

  it('that are too many cost the table nothing more', async () => {
    const [limiter, caller] = [new RateLimiter(), callerOf()];
    for (let request = 0; request <= limit; request += 1) await ask(limiter, colleague(caller, request % 4));
    const cut = { ...caller, scope: { ...caller.scope, table: 'there-is-no-such-table' } };
    expect(await ask(limiter, cut)).toBe(false);
  });

  it('of a large plan cost few writes, and are never more than it allows over all environments', async () => {
    const caller = callerOf();
    const writes = vi.spyOn(caller.scope.client, 'send');
    const environments = [new RateLimiter(), new RateLimiter()];
    const most = catalogue.growth.requestsPerMinute;
    let answered = 0;
    for (let request = 0; request < most + 60; request += 1) {
      const limiter = environments[request % environments.length];
      if (limiter !== undefined && (await ask(limiter, colleague(caller, request % 4), now, 'growth')))
        answered += 1;
    }
    expect(answered).toBe(most);
    expect(writes.mock.calls.length).toBeLessThan(most / 15);
    writes.mockRestore();
  });

  it('on the platform count for each person alone: nobody uses up another’s', async () => {
    const limiter = new RateLimiter();
    const [one, other] = [callerOf(PLATFORM, 'user_1'), callerOf(PLATFORM, 'user_2')];
    for (let request = 0; request < 6000; request += 1) await limiter.admit(one, { plan: undefined }, now);
    await expect(limiter.admit(one, { plan: undefined }, now)).rejects.toEqual(refusal);
    await limiter.admit(other, { plan: undefined }, now);
  });
});

describe('one person’s requests', () => {
  const share = limit / 2;
  const flood = async (limiters: readonly RateLimiter[], caller: Caller, requests: number) => {
    let answered = 0;
    for (let request = 0; request < requests; request += 1) {
      const limiter = limiters[request % limiters.length];
      if (limiter !== undefined && (await ask(limiter, caller))) answered += 1;
    }
    return answered;
  };

  it('are answered up to half of the plan’s limit, over all environments, and leave the rest to the others', async () => {
    const one = callerOf();
    const environments = Array.from({ length: 8 }, () => new RateLimiter());
    expect(await flood(environments, one, 2 * limit)).toBe(share);
    const other = await flood([...environments, new RateLimiter()], colleague(one, 'other'), 2 * limit);
    // Numbers taken for the first user are in environments that the second one uses as well.
    expect(other).toBe(share);
    expect(await ask(new RateLimiter(), one, nextMinute)).toBe(true);
  });

  it('are counted as theirs, not as those of whoever the numbers were taken for', async () => {
    const one = callerOf();
    const limiter = new RateLimiter();
    // Of each five numbers, taken in one write, the first is used by the same user.
    const answers: boolean[] = [];
    for (let request = 0; request < 200; request += 1)
      answers.push(await ask(limiter, request % 5 === 0 ? one : colleague(one, request % 5)));
    expect(answers).not.toContain(false);
  });

  it('that are refused cost the table nothing more', async () => {
    const [limiter, caller] = [new RateLimiter(), callerOf()];
    await flood([limiter], caller, share + 5);
    const cut = { ...caller, scope: { ...caller.scope, table: 'there-is-no-such-table' } };
    expect(await ask(limiter, cut)).toBe(false);
  });

  it('cost no more writes than when nobody counted them by person', async () => {
    const caller = callerOf();
    const writes = vi.spyOn(caller.scope.client, 'send');
    await flood([new RateLimiter()], caller, share);
    expect(writes.mock.calls.length).toBe(share / 5);
    writes.mockRestore();
  });
});

describe('what admins do to keep an organization safe', () => {
  it('is answered though all of the minute is used up, thirty times', async () => {
    const [limiter, caller] = [new RateLimiter(), callerOf()];
    for (let request = 0; request <= limit; request += 1) await ask(limiter, colleague(caller, request % 4));
    const admin = colleague(caller, 'admin');
    expect(await ask(limiter, admin)).toBe(false);
    const acts: boolean[] = [];
    for (let act = 0; act < 32; act += 1) acts.push(await ask(limiter, admin, now, 'starter', true));
    expect(acts.filter(Boolean)).toHaveLength(30);
    expect(acts.slice(-2)).toEqual([false, false]);
  });
});
