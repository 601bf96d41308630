import type { OrganizationInDirectory } from '../../../domain/organization/organization.schema.ts';
import { daysBefore } from '../../../domain/usage/day.ts';
import { actsOf, type Past } from './past.ts';

/** A number from 0 to 1 that is always the same for the same text (FNV-1a). */
function chance(text: string): number {
  let hash = 0x811c9dc5;
  for (const character of text) hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193) >>> 0;
  return hash / 0xffffffff;
}

/** The last day on which an organization's people could get in. */
function lastDay(
  { status, updatedAt, subscription: { endDate } }: OrganizationInDirectory,
  today: string,
): string {
  const suspended = status === 'inactive' ? daysBefore(updatedAt.slice(0, 10), 1) : today;
  return [suspended, endDate ?? today, today].sort()[0] ?? today;
}

/**
 * On which days each member used the product: most working days, few others, everybody more as time goes on,
 * and whenever they did something that is on record. The rest is made up, but always the same for the same
 * people and days.
 */
export function daysOfUse(past: Past, days: readonly string[]): Map<string, string[]> {
  const { organization, members } = past;
  const today = days.at(-1) ?? '';
  const last = lastDay(organization, today);
  const acted = new Set(actsOf(past).map(({ by, at }) => `${by} ${at.slice(0, 10)}`));
  return new Map(
    members.map(({ userId, email, createdAt }) => [
      userId,
      days.filter((date, index) => {
        if (acted.has(`${userId} ${date}`)) return true;
        if (date < createdAt.slice(0, 10) || date > last) return false;
        const weekend = [0, 6].includes(new Date(date).getUTCDay());
        return chance(`${email} ${date}`) < (weekend ? 0.04 : 0.4 + (0.3 * index) / days.length);
      }),
    ]),
  );
}
