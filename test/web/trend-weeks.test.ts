import { describe, expect, it } from 'vitest';
import { wholeWeeks } from '../../web/features/analytics/metrics.tsx';

describe('the weeks of a trend', () => {
  it.each(['2026-11-23T00:00:00Z', '2026-11-26T10:00:00Z', '2026-11-29T23:59:59Z'])(
    'are whole ones, from a Monday to the Sunday before this week: %s',
    (now) => {
      expect(wholeWeeks(new Date(now), 13)).toEqual({ from: '2026-08-24', to: '2026-11-22' });
    },
  );
});
