import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { newOrganizationId, PLATFORM, UserId } from '../../../domain/ids.ts';
import { type Caller, RateLimiter } from '../../../domain/rate-limit/rate-limit.service.ts';
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

/** One request of an organization; answers whether it was let through. */
async function ask(limiter: RateLimiter, caller: Caller, at = now, plan: Plan = 'starter'): Promise<boolean> {
  try {
    limiter.refuseUsedUp(caller, at);
    await limiter.admit(caller, plan, at);
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
    for (let request = 0; request < limit + 3; request += 1) answered.push(await ask(limiter, caller));
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
      if (limiter !== undefined && (await ask(limiter, caller))) answered += 1;
    }
    expect(answered).toBe(limit);
  });

  it('of one organization leave another’s allowance alone', async () => {
    const limiter = new RateLimiter();
    const busy = callerOf();
    for (let request = 0; request <= limit; request += 1) await ask(limiter, busy);
    expect(await ask(limiter, busy)).toBe(false);
    expect(await ask(limiter, callerOf())).toBe(true);
  });

  it('that are too many cost the table nothing more', async () => {
    const [limiter, caller] = [new RateLimiter(), callerOf()];
    for (let request = 0; request <= limit; request += 1) await ask(limiter, caller);
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
      if (limiter !== undefined && (await ask(limiter, caller, now, 'growth'))) answered += 1;
    }
    expect(answered).toBe(most);
    expect(writes.mock.calls.length).toBeLessThan(most / 15);
    writes.mockRestore();
  });

  it('on the platform count for each person alone: nobody uses up another’s', async () => {
    const limiter = new RateLimiter();
    const [one, other] = [callerOf(PLATFORM, 'user_1'), callerOf(PLATFORM, 'user_2')];
    for (let request = 0; request < 6000; request += 1) await limiter.admit(one, undefined, now);
    await expect(limiter.admit(one, undefined, now)).rejects.toEqual(refusal);
    await limiter.admit(other, undefined, now);
  });
});
