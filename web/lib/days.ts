const dayMs = 86_400_000;

/** The calendar date (`yyyy-mm-dd`, UTC) so many days before now. */
export const daysAgo = (days: number, now: Date): string =>
  new Date(now.getTime() - days * dayMs).toISOString().slice(0, 10);
