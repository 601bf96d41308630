import * as z from 'zod/mini';
import { issueOf, orElse } from '../field-errors.ts';
import { CheckInId, KpiId, OrganizationId, TeamId, UserId } from '../ids.ts';
import { page, pageQuery } from '../page.schema.ts';
import { changesSomething } from '../rule.schema.ts';
import { line, paragraph } from '../text.schema.ts';
import { timestamp } from '../time.schema.ts';
import { Band, Direction, Period, problemsOfGoal, Quantity } from './goal.schema.ts';
import { KpiStatus } from './kpi-status.schema.ts';

export const UserAsOwner = z.strictObject({ kind: z.literal('user'), userId: UserId });
export const TeamAsOwner = z.strictObject({ kind: z.literal('team'), teamId: TeamId });

/** Whose a KPI is: a person's, or a team's. */
export const KpiOwner = z.discriminatedUnion('kind', [UserAsOwner, TeamAsOwner]);
export type KpiOwner = z.infer<typeof KpiOwner>;

const Target = z.union([Quantity, Band], orElse('not_a_target'));

/**
 * The value that counts: of the check-in for the latest time; of two for the same time, the one made last.
 */
const Latest = z.object({ value: z.number(), at: timestamp, checkInId: CheckInId });

/** A band as it was taken once. */
export const ShownBand = z.object({ low: z.number(), high: z.number() });

/**
 * A key performance indicator as the API shows it. `status` and `progress` are derived, see
 * `kpi-status.schema.ts`.
 */
export const Kpi = z.object({
  id: KpiId,
  organizationId: OrganizationId,
  name: z.string(),
  description: z.optional(z.string()),
  /** What it is counted in, such as `%` or `orders`. */
  unit: z.string(),
  direction: Direction,
  baseline: z.number(),
  target: z.union([z.number(), ShownBand]),
  period: z.object({ start: z.string(), end: z.string() }),
  owner: KpiOwner,
  /** Who reports on it beside its owner. */
  assigneeIds: z.array(UserId),
  createdBy: z.string(),
  status: KpiStatus,
  /** 0 to 1; null without a check-in. */
  progress: z.nullable(z.number()),
  latest: z.nullable(Latest),
  /** Counts the changes of what is written here, not the check-ins. */
  revision: z.int(),
  createdAt: timestamp,
  updatedAt: timestamp,
});
export type Kpi = z.infer<typeof Kpi>;

const assignees = z.pipe(
  z.array(UserId).check(z.maxLength(20, orElse('too_many_people', { most: 20 }))),
  z.transform((ids) => [...new Set(ids)]),
);

const fitsTogether = z.describe<object>(
  'A target that is a number lies above the baseline for `up` and below it for `down`; for `between` it is a band whose `low` is below its `high`. The period ends after it starts',
);

/** A KPI's name as people give it. */
const kpiName = line(120);

/** What a KPI is for, in some lines. */
const kpiDescription = paragraph(2000);

/** What a KPI is counted in, as people write it. */
const kpiUnit = line(20);

/** What a KPI is made of. */
export const NewKpi = z
  .strictObject({
    name: kpiName,
    description: z.optional(kpiDescription),
    unit: kpiUnit,
    direction: Direction,
    baseline: Quantity,
    target: Target,
    period: Period,
    owner: KpiOwner,
    assigneeIds: z._default(assignees, []),
  })
  .check(({ value, issues }) => {
    for (const problem of problemsOfGoal(value)) issues.push(issueOf(problem, value));
  }, fitsTogether);
export type NewKpi = z.infer<typeof NewKpi>;

/** What may be changed of a KPI; what isn't named stays. The whole must fit together again. */
export const KpiChange = z
  .strictObject({
    name: z.optional(kpiName),
    /** `null` takes it away. */
    description: z.optional(z.nullable(kpiDescription)),
    unit: z.optional(kpiUnit),
    direction: z.optional(Direction),
    baseline: z.optional(Quantity),
    target: z.optional(Target),
    period: z.optional(Period),
    owner: z.optional(KpiOwner),
    assigneeIds: z.optional(assignees),
  })
  .check(changesSomething, fitsTogether);
export type KpiChange = z.infer<typeof KpiChange>;

/** Which KPIs a list shows of those that the caller may see. */
export const KpiFilter = z.strictObject({
  teamId: z.optional(TeamId),
  /** Who it is assigned to, its owner included. */
  assigneeId: z.optional(UserId),
  status: z.optional(KpiStatus),
});
export type KpiFilter = z.infer<typeof KpiFilter>;

export const KpiListQuery = z.extend(pageQuery, KpiFilter.shape);
export const KpiPage = page(Kpi);

/** Who reports on a KPI: its assignees, and its owner when that is a person. */
export const assigneesOf = ({ owner, assigneeIds }: Pick<Kpi, 'owner' | 'assigneeIds'>): UserId[] => [
  ...new Set(owner.kind === 'user' ? [owner.userId, ...assigneeIds] : assigneeIds),
];

/** The team whose KPI it is, if it is a team's. */
export const teamOf = ({ owner }: Pick<Kpi, 'owner'>): TeamId | undefined =>
  owner.kind === 'team' ? owner.teamId : undefined;

/** Whose it is, as the index `byMember` spells it: `member#<userId>` or `team#<teamId>`. */
export const holderOf = ({ owner }: Pick<Kpi, 'owner'>): string =>
  owner.kind === 'team' ? `team#${owner.teamId}` : `member#${owner.userId}`;

/** A KPI as the access rules see it. */
export const instanceOfKpi = (kpi: Pick<Kpi, 'owner' | 'assigneeIds'>) => ({
  teamId: teamOf(kpi),
  assigneeIds: assigneesOf(kpi),
});
