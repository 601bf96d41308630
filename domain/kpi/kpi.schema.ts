import * as z from 'zod/mini';
import { issueOf, orElse } from '../field-errors.ts';
import { CheckInId, KpiId, OrganizationId, TeamId, UserId } from '../ids.ts';
import { page, pageQuery } from '../page.schema.ts';
import { changesSomething } from '../rule.schema.ts';
import { line, paragraph } from '../text.schema.ts';
import { timestamp } from '../time.schema.ts';
import { UpdatedBy } from '../updated-by.schema.ts';
import { ComputedProblem, Formula } from './formula.schema.ts';
import { Band, Direction, Period, problemsOfGoal, Quantity } from './goal.schema.ts';
import { KpiStatus } from './kpi-status.schema.ts';

export const UserAsOwner = z.strictObject({ kind: z.literal('user'), userId: UserId });
export const TeamAsOwner = z.strictObject({ kind: z.literal('team'), teamId: TeamId });

/** A KPI's owner: a user or a team. */
export const KpiOwner = z.discriminatedUnion('kind', [UserAsOwner, TeamAsOwner]);
export type KpiOwner = z.infer<typeof KpiOwner>;

const Target = z.union([Quantity, Band], orElse('not_a_target'));

/** The value of the check-in for the latest time; of two for the same time, the one created last. */
const Latest = z.object({ value: z.number(), at: timestamp, checkInId: CheckInId });

/** A band as it was stored, whatever the rules for new input. */
export const ShownBand = z.object({ low: z.number(), high: z.number() });

/** Somebody who reports on a KPI. */
export const KpiReporter = z.object({ userId: UserId, name: z.string() });

const ConfidenceLevel = z.enum(['on_track', 'at_risk', 'off_track']);

/** How somebody who answers for a KPI thinks that it will end. */
export const Confidence = z.object({
  level: ConfidenceLevel,
  note: z.optional(z.string()),
  /** Who said it, and when. */
  by: z.string(),
  byName: z.optional(z.string()),
  at: timestamp,
});

/** The same as it is said; `null` takes it away. */
export const NewConfidence = z.strictObject({
  level: z.nullable(ConfidenceLevel),
  note: z.optional(line(280)),
});
export type NewConfidence = z.infer<typeof NewConfidence>;

/** A formula as it was stored, whatever the rules for new input. */
const ShownFormula = z.object({
  kind: Formula.shape.kind,
  sources: z.array(KpiId),
  weights: z.optional(z.array(z.number())),
  percent: z.optional(z.boolean()),
});

/** A KPI that another is computed from. */
export const KpiSource = z.object({
  id: KpiId,
  name: z.string(),
  unit: z.string(),
  value: z.nullable(z.number()),
});

/**
 * A key performance indicator as the API shows it. `status` and `progress` are derived, see
 * `kpi-status.schema.ts`.
 */
export const Kpi = z.object({
  id: KpiId,
  organizationId: OrganizationId,
  name: z.string(),
  description: z.optional(z.string()),
  /** What it is measured in, such as `%` or `orders`. */
  unit: z.string(),
  direction: Direction,
  baseline: z.number(),
  target: z.union([z.number(), ShownBand]),
  period: z.object({ start: z.string(), end: z.string() }),
  owner: KpiOwner,
  /** The name of that user or team; none if they are gone, and where KPIs are only counted. */
  ownerName: z.optional(z.string()),
  /** The users who report on it besides its owner. */
  assigneeIds: z.array(UserId),
  /** Those of them who are still here, by name; where one KPI is asked for. */
  assignees: z.optional(z.array(KpiReporter)),
  createdBy: z.string(),
  status: KpiStatus,
  /** 0 to 1; null without a check-in. */
  progress: z.nullable(z.number()),
  latest: z.nullable(Latest),
  /** The last values, oldest first: at most 12. */
  recent: z.optional(z.array(Latest)),
  /** What those who answer for it think, beside `status`. */
  confidence: z.optional(Confidence),
  /** How it is computed from others, if it is; then nobody checks in on it. */
  formula: z.optional(ShownFormula),
  /** Why a computed KPI has no value now. */
  computedProblem: z.optional(ComputedProblem),
  /** Those of its sources that the caller may see, where one KPI is asked for. */
  sources: z.optional(z.array(KpiSource)),
  /** The KPIs that are computed from it. */
  feeds: z.optional(z.array(KpiId)),
  /** Counts changes of the KPI itself, not check-ins. */
  revision: z.int(),
  createdAt: timestamp,
  updatedAt: timestamp,
  updatedBy: z.optional(UpdatedBy),
});
export type Kpi = z.infer<typeof Kpi>;

const assignees = z.pipe(
  z.array(UserId).check(z.maxLength(20, orElse('too_many_people', { most: 20 }))),
  z.transform((ids) => [...new Set(ids)]),
);

const fitsTogether = z.describe<object>(
  'A target that is a number lies above the baseline for `up` and below it for `down`; for `between` it is a band whose `low` is below its `high`. The period ends after it starts',
);

/** A KPI's name as people enter it. */
const kpiName = line(120);

/** What a KPI is for, in a few lines. */
const kpiDescription = paragraph(2000);

/** What a KPI is measured in, as people enter it. */
const kpiUnit = line(20);

/** The input for a new KPI. */
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
    /** Makes it a KPI that is computed from others; it can’t become one later. */
    formula: z.optional(Formula),
  })
  .check(({ value, issues }) => {
    for (const problem of problemsOfGoal(value)) issues.push(issueOf(problem, value));
  }, fitsTogether);
export type NewKpi = z.infer<typeof NewKpi>;

/** A change of a KPI; fields that are left out stay. The result must fit together as a whole. */
export const KpiChange = z
  .strictObject({
    name: z.optional(kpiName),
    /** `null` removes it. */
    description: z.optional(z.nullable(kpiDescription)),
    unit: z.optional(kpiUnit),
    direction: z.optional(Direction),
    baseline: z.optional(Quantity),
    target: z.optional(Target),
    period: z.optional(Period),
    owner: z.optional(KpiOwner),
    assigneeIds: z.optional(assignees),
    /** Of a computed KPI only. */
    formula: z.optional(Formula),
  })
  .check(changesSomething, fitsTogether);
export type KpiChange = z.infer<typeof KpiChange>;

/** Narrows a list of the KPIs that the caller may see. */
export const KpiFilter = z.strictObject({
  teamId: z.optional(TeamId),
  /** A user who reports on it, its owner included. */
  assigneeId: z.optional(UserId),
  /** A user whom it belongs to. */
  ownerId: z.optional(UserId),
  status: z.optional(KpiStatus),
  /** Whether it waits for a value now: its period is running, and there is none of the last 7 days. */
  due: z.optional(z.enum(['now', 'later'])),
  /** Words that must each begin a word of the name. */
  search: z.optional(line(120)),
});
export type KpiFilter = z.infer<typeof KpiFilter>;

/** What the list can be sorted by, `status` from off track on and `due` by what is due next. */
export const kpiOrders = ['name', 'status', 'progress', 'due'] as const;

/** Without `sort` the newest come first, and what a search finds by name. */
const KpiOrder = z.strictObject({
  sort: z.optional(z.enum(kpiOrders)),
  direction: z._default(z.enum(['asc', 'desc']), 'asc'),
});
export type KpiOrder = z.infer<typeof KpiOrder>;

export const KpiListQuery = z.extend(pageQuery, { ...KpiFilter.shape, ...KpiOrder.shape });
export const KpiPage = page(Kpi);

/** The users who report on a KPI: its assignees, and its owner if that is a user. */
export const assigneesOf = ({ owner, assigneeIds }: Pick<Kpi, 'owner' | 'assigneeIds'>): UserId[] => [
  ...new Set(owner.kind === 'user' ? [owner.userId, ...assigneeIds] : assigneeIds),
];

/** The team that owns a KPI, if a team does. */
export const teamOf = ({ owner }: Pick<Kpi, 'owner'>): TeamId | undefined =>
  owner.kind === 'team' ? owner.teamId : undefined;

/** A KPI's owner, as the index `byMember` has it: `member#<userId>` or `team#<teamId>`. */
export const holderOf = ({ owner }: Pick<Kpi, 'owner'>): string =>
  owner.kind === 'team' ? `team#${owner.teamId}` : `member#${owner.userId}`;

/** A KPI as the access rules see it. */
export const instanceOfKpi = (kpi: Pick<Kpi, 'owner' | 'assigneeIds'>) => ({
  teamId: teamOf(kpi),
  assigneeIds: assigneesOf(kpi),
});
