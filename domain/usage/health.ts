import type { Kpi } from '../kpi/kpi.schema.ts';
import type { User } from '../user/profile.schema.ts';
import { daysBefore } from './day.ts';

const waitingDays = 7;
const quietDays = 30;

/** Whether a KPI whose period is running has had no check-in for 30 days: since its latest value, or since it could have one. */
export function isQuiet(
  {
    period,
    createdAt,
    latest,
  }: Pick<Kpi, 'period' | 'createdAt'> & { readonly latest: { readonly at: string } | null },
  at: Date,
): boolean {
  const today = at.toISOString().slice(0, 10);
  const since = latest?.at ?? (createdAt > period.start ? createdAt : period.start);
  return period.start <= today && today <= period.end && since.slice(0, 10) < daysBefore(today, quietDays);
}

/** Whether an open invitation has waited for more than 7 days on a day. */
export const isWaiting = ({ createdAt }: { readonly createdAt: string }, date: string): boolean =>
  createdAt.slice(0, 10) < daysBefore(date, waitingDays);

/** How many of so many teams are led by nobody who is active. */
export function leaderlessTeams(members: readonly Pick<User, 'status' | 'teams'>[], teams: number): number {
  const led = members
    .filter(({ status }) => status === 'active')
    .flatMap((member) =>
      Object.entries(member.teams).flatMap(([id, role]) => (role === 'leader' ? [id] : [])),
    );
  return Math.max(0, teams - new Set(led).size);
}
