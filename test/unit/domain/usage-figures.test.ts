import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { roles } from '../../../domain/access/roles.schema.ts';
import { stageOf } from '../../../domain/organization/onboarding.schema.ts';
import { figuresOf, type UsageFacts } from '../../../domain/usage/figures.ts';
import { add, highest, nothing } from '../../../domain/usage/tally.ts';
import { daysBefore } from '../../../domain/usage/usage-day.ts';
import { closing, date, none, organization } from './usage-facts.ts';

const dayEnds = '2026-11-25T00:00:00.000Z';
const minute = 60_000;
const time = fc
  .integer({ min: -90 * 24 * 60, max: 60 * 24 * 60 })
  .map((minutes) => new Date(Date.parse(dayEnds) + minutes * minute).toISOString());
const member = fc.record({
  role: fc.constantFrom(...roles),
  status: fc.constantFrom('active' as const, 'deactivated' as const),
  createdAt: time,
  teams: fc.constant({}),
});
/** An invitation long afterwards: its outcome and time. */
const invitation = fc
  .record({
    createdAt: time,
    settledAfter: fc.integer({ min: 0, max: 14 * 24 * 60 - 1 }),
    becomes: fc.constantFrom('accepted' as const, 'revoked' as const, 'expired' as const),
  })
  .map(({ createdAt, settledAfter, becomes }) => {
    const expiresAt = new Date(Date.parse(createdAt) + 14 * 86_400_000).toISOString();
    const settled = new Date(Date.parse(createdAt) + settledAfter * minute).toISOString();
    return { createdAt, expiresAt, status: becomes, updatedAt: becomes === 'expired' ? createdAt : settled };
  });
const used = fc.array(fc.integer({ min: -40, max: 40 }), { maxLength: 30 });
const history = fc.record({
  members: fc.array(member, { maxLength: 30 }),
  invitations: fc.array(invitation, { maxLength: 20 }),
  activity: fc.array(used, { maxLength: 10 }),
});
type History = { [Key in 'members' | 'invitations']: UsageFacts[Key] } & { activity: number[][] };

/** The table's content at a point of a history. */
function factsAt({ members, invitations, activity }: History, at: string): UsageFacts {
  return {
    ...none,
    members: members.filter(({ createdAt }) => createdAt <= at),
    invitations: invitations
      .filter(({ createdAt }) => createdAt <= at)
      .map((one) => {
        if (one.status === 'expired') return { ...one, status: one.expiresAt <= at ? 'expired' : 'pending' };
        return one.updatedAt <= at ? one : { ...one, status: 'pending', updatedAt: one.createdAt };
      }),
    activity: new Map(
      activity.map((days, index) => [
        `user_${index}`,
        days.map((ago) => daysBefore(date, ago)).filter((day) => day <= at.slice(0, 10)),
      ]),
    ),
  };
}
const withoutTime = ({ computedAt: _, ...figures }: ReturnType<typeof figuresOf>) => figures;

describe('the figures of a day', () => {
  it('are the same when the day is closed and when it is computed again weeks later', () => {
    fc.assert(
      fc.property(history, (past) => {
        const closed = figuresOf(factsAt(past, closing.toISOString()), date, closing);
        const later = new Date('2027-01-20T00:00:00.000Z');
        const again = figuresOf(factsAt(past, later.toISOString()), date, later);
        expect(withoutTime(again)).toEqual(withoutTime(closed));
      }),
    );
  });

  it('are final once the day is over, and those of the moment before', () => {
    expect(figuresOf(none, date, closing).final).toBe(true);
    expect(figuresOf(none, date, new Date('2026-11-24T23:59:59.999Z')).final).toBe(false);
  });

  it('count who was active on the day, in the 7 and in the 30 days that end with it', () => {
    const activity = new Map([
      ['today', ['2026-11-24']],
      ['six days ago', ['2026-11-18']],
      ['seven days ago', ['2026-11-17']],
      ['29 days ago', ['2026-10-26']],
      ['30 days ago', ['2026-10-25']],
      ['tomorrow', ['2026-11-25']],
    ]);
    expect(figuresOf({ ...none, activity }, date, closing)).toMatchObject({
      activeUsers: { day: 1, week: 2, month: 4 },
      lastActiveOn: '2026-11-24',
    });
  });
});

describe('the sums of a shard', () => {
  it('are the same in whatever order its organizations come', () => {
    fc.assert(
      fc.property(
        fc
          .array(history, { maxLength: 30 })
          .chain((all) =>
            fc.tuple(fc.constant(all), fc.shuffledSubarray([...all.keys()], { minLength: all.length })),
          ),
        ([all, order]) => {
          const days = all.map((past, index) => ({
            organization: organization({ name: `Organization ${index}` }),
            snapshot: figuresOf(factsAt(past, closing.toISOString()), date, closing),
          }));
          const sum = (indexes: readonly number[]) =>
            indexes.reduce((tally, index) => {
              const day = days[index];
              return day === undefined ? tally : add(tally, day.organization, day.snapshot);
            }, nothing);
          expect(sum(order)).toEqual(sum([...all.keys()]));
        },
      ),
      { numRuns: 30 },
    );
  });
});

describe('the organizations with the highest figures of a shard', () => {
  const days = Array.from({ length: 30 }, (_, index) => ({
    organization: organization(),
    snapshot: { ...figuresOf(none, date, closing), users: index, checkIns: index === 7 ? 1 : 0 },
  }));
  const { leaders } = days.reduce((tally, day) => add(tally, day.organization, day.snapshot), nothing);

  it('are the highest twenty of each figure, the highest first', () => {
    expect(leaders.users?.map(({ value }) => value)).toEqual(
      Array.from({ length: 20 }, (_, index) => 29 - index),
    );
  });

  it('are nobody who has none of it', () => {
    expect(leaders.checkIns).toEqual([{ organizationId: days[7]?.organization.id, value: 1 }]);
    expect(leaders.changes).toBeUndefined();
  });

  it('are the highest of all once the shards’ are put together', () => {
    const [first = [], second = []] = [leaders.users?.slice(0, 3), leaders.checkIns];
    expect(highest([second, first]).map(({ value }) => value)).toEqual([29, 28, 27, 1]);
  });
});

describe('the stage of an organization', () => {
  const start = { admins: 0, users: 0, openInvitations: 1, teams: 0, kpis: 0, checkedIn: false };
  it.each([
    ['invited', {}],
    ['admin_joined', { admins: 1, users: 1, openInvitations: 0 }],
    ['people_invited', { admins: 1, users: 1, openInvitations: 2 }],
    ['team_created', { admins: 1, users: 3, teams: 1 }],
    ['kpi_created', { admins: 1, users: 3, teams: 1, kpis: 1 }],
    ['active', { admins: 1, users: 3, teams: 1, kpis: 1, checkedIn: true }],
    // A KPI without a team before it: the earlier step is still missing.
    ['people_invited', { admins: 1, users: 3, kpis: 1, checkedIn: true }],
  ])('is %s', (stage, facts) => {
    expect(stageOf({ ...start, ...facts })).toBe(stage);
  });
});
