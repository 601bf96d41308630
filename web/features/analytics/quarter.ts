/** The first day of the quarter of a year that a time is in (UTC), `yyyy-mm-dd`. */
export const quarterBegins = (now: Date): string =>
  new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - (now.getUTCMonth() % 3), 1))
    .toISOString()
    .slice(0, 10);
