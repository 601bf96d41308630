import { beforeEach, describe, expect, it, vi } from 'vitest';
import { newOrganizationId, PLATFORM, UserId } from '../../../domain/ids.ts';
import type { invokeNow } from '../../../functions/aws/lambda.ts';
import { platformTo } from '../../../functions/http/forward.ts';
import { anEvent } from './support/event.ts';

const invoke = vi.fn<typeof invokeNow>();
const forward = platformTo('support', invoke);
const person = { userId: UserId.parse('user_1'), sessionId: 'sess_1' };
const superAdmin = { ...person, organizationId: PLATFORM };
const answer = { statusCode: 404, headers: { 'x-request-id': 'request-1' }, body: '{}' };

describe('a request to the organizations’ function', () => {
  beforeEach(() => {
    invoke.mockReset().mockResolvedValue(answer);
  });

  it('of a super admin is answered by the support function, whatever the answer', async () => {
    const event = { ...anEvent(), routeKey: 'GET /api/me' };
    await expect(forward(superAdmin, event)).resolves.toEqual(answer);
    expect(invoke).toHaveBeenCalledWith('support', event, { isRepeatable: true });
  });

  it('that changes something is not sent again when nobody knows what became of it', async () => {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'])
      await forward(superAdmin, { ...anEvent(), routeKey: `${method} /api/me` });
    for (const [, , options] of invoke.mock.calls) expect(options).toEqual({ isRepeatable: false });
  });

  it('of anybody else stays where it is', () => {
    expect(forward({ ...person, organizationId: newOrganizationId(new Date()) }, anEvent())).toBeUndefined();
    expect(forward(person, anEvent())).toBeUndefined();
    expect(invoke).not.toHaveBeenCalled();
  });

  it('is passed on as it came, without what was found out of it', async () => {
    const found = { requestId: 'request-1', now: new Date(), settlements: [], matched: {}, entry: {} };
    await forward(superAdmin, Object.assign(anEvent(), found));
    expect(invoke.mock.calls[0]?.[1]).toEqual(anEvent());
  });

  it('fails when the support function answers what is none', async () => {
    invoke.mockResolvedValue({ message: 'no answer' });
    await expect(forward(superAdmin, anEvent())).rejects.toThrow();
  });
});
