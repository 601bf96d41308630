import { describe, expect, it } from 'vitest';
import { judgeKept } from '../../attack/kept.ts';

describe('what is kept of accepted writes', () => {
  it('is right when each is there once and in order, whatever else was written', () => {
    expect(judgeKept(['a', 'b', 'c'], ['a', 'unanswered', 'b', 'c'])).toEqual({
      lost: [],
      doubled: [],
      wrongOrder: [],
    });
  });

  it('is wrong when one is lost, there twice, or before an earlier one', () => {
    expect(judgeKept(['a', 'b', 'c'], ['a', 'c'])).toMatchObject({ lost: ['b'], wrongOrder: [] });
    expect(judgeKept(['a'], ['a', 'unanswered', 'a', 'unanswered'])).toMatchObject({
      doubled: ['a', 'unanswered'],
    });
    expect(judgeKept(['a', 'b', 'c'], ['b', 'a', 'c'])).toMatchObject({ wrongOrder: ['a', 'b'] });
  });
});
