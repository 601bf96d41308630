const dayMs = 86_400_000;

/** The calendar date (`yyyy-mm-dd`, UTC) that many days ago. */
export const daysAgo = (days: number, now: Date): string =>
  new Date(now.getTime() - days * dayMs).toISOString().slice(0, 10);

/** Whole days until a calendar date (UTC); negative when it has passed. */
export const daysUntil = (date: string, now: Date): number =>
  Math.round((Date.parse(date) - Date.parse(now.toISOString().slice(0, 10))) / dayMs);

/** Whether a string is a calendar date within the years that the API accepts. */
export const isDate = (text: string): boolean =>
  /^(?:20\d\d|2100)-\d\d-\d\d$/.test(text) && new Date(`${text}T00:00Z`).toJSON()?.slice(0, 10) === text;

/** The first day (`yyyy-mm-dd`, UTC) of the quarter that contains this time. */
export const quarterBegins = (now: Date): string =>
  new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - (now.getUTCMonth() % 3), 1))
    .toISOString()
    .slice(0, 10);
