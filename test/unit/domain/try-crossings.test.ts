import { beforeEach, describe, expect, it, vi } from 'vitest';
import { type Answer, type Opened, tryCrossings } from '../../../domain/canary/try-crossings.ts';
import { type OrganizationId, PROBES } from '../../../domain/ids.ts';

const waits = vi.hoisted(() => vi.fn(async (_: number) => {}));
vi.mock(import('../../../domain/table/backoff.ts'), () => ({ backoff: waits }));
beforeEach(() => waits.mockClear());

const [one, other] = PROBES;
const refused: Answer = { is: 'refused' };
const answered: Answer = { is: 'answered' };

/** An organization's credentials: the result of each request for its own data, and for the other's. */
function opened(
  organizationId: OrganizationId,
  change: (way: string, isOwn: boolean) => Answer | undefined = () => undefined,
): Opened {
  return {
    organizationId,
    ways: ['PutItem', 'GetItem', 'Query'],
    async ask(way, into) {
      const isOwn = into === organizationId;
      return change(way, isOwn) ?? (isOwn ? answered : refused);
    },
  };
}

describe('the isolation canary', () => {
  it('tries every way in both directions, beside the same request for the own data', async () => {
    expect(await tryCrossings([opened(one), opened(other)])).toEqual({
      ...{ crossings: 6, refused: 6, crossed: [] },
      ...{ controls: 6, answered: 6, unclear: [] },
    });
  });

  it.each([
    ['is answered', answered],
    ['is let in and finds nothing', { is: 'empty', reason: 'nothing' } as const],
  ])('notices a crossing that %s', async (_, answer) => {
    const report = await tryCrossings([
      opened(one),
      opened(other, (way, isOwn) => (way === 'GetItem' && !isOwn ? answer : undefined)),
    ]);
    expect(report).toMatchObject({ refused: 5, crossed: [{ from: other, into: one, way: 'GetItem' }] });
  });

  it.each([
    ['is refused', refused],
    ['finds nothing', { is: 'empty', reason: 'nothing' } as const],
    ['fails', { is: 'failed', reason: 'TimeoutError' } as const],
  ])('takes no refusal for isolation when the control beside it %s', async (_, answer) => {
    const report = await tryCrossings([
      opened(one, (way, isOwn) => (way === 'Query' && isOwn ? answer : undefined)),
      opened(other),
    ]);
    expect(report).toMatchObject({
      answered: 5,
      refused: 6,
      unclear: [{ from: one, into: one, way: 'Query' }],
    });
  });

  it('takes another error than a refusal for none', async () => {
    const throttled: Answer = { is: 'failed', reason: 'ThrottlingException' };
    const report = await tryCrossings([
      opened(one, (way, isOwn) => (way === 'PutItem' && !isOwn ? throttled : undefined)),
      opened(other),
    ]);
    expect(report).toMatchObject({ refused: 5, crossed: [], unclear: [{ reason: 'ThrottlingException' }] });
  });

  it('gives an index a moment to have what was just written', async () => {
    let asked = 0;
    const late = (way: string, isOwn: boolean): Answer | undefined => {
      if (way !== 'Query' || !isOwn) return undefined;
      asked += 1;
      return asked < 3 ? { is: 'empty', reason: 'nothing yet' } : answered;
    };
    const report = await tryCrossings([opened(one, late), opened(other)]);
    expect(report).toMatchObject({ answered: 6, unclear: [] });
    expect(waits).toHaveBeenCalledTimes(2);
  });
});
