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

/** The value of the check-in with the latest time; of two with the same time, the one created last. */
const Latest = z.object({ value: z.number(), at: timestamp, checkInId: CheckInId });

/** A range as stored, regardless of the rules for new input. */
export const ShownBand = z.object({ low: z.number(), high: z.number() });

/** A user who reports on a KPI. */
export const KpiReporter = z.object({ userId: UserId, name: z.string() });

const ConfidenceLevel = z.enum(['on_track', 'at_risk', 'off_track']);

/** The owner's confidence in reaching the goal. */
export const Confidence = z.object({
  level: ConfidenceLevel,
  note: z.optional(z.string()),
  /** Who stated it, and when. */
  by: z.string(),
  byName: z.optional(z.string()),
  at: timestamp,
});

/** The input; `null` removes it. */
export const NewConfidence = z.strictObject({
  level: z.nullable(ConfidenceLevel),
  note: z.optional(line(280)),
});
export type NewConfidence = z.infer<typeof NewConfidence>;

/** A formula as stored, regardless of the rules for new input. */
const ShownFormula = z.object({
  kind: Formula.shape.kind,
  sources: z.array(KpiId),
  weights: z.optional(z.array(z.number())),
  percent: z.optional(z.boolean()),
});

/** A source of a computed KPI. */
export const KpiSource = z.object({
  id: KpiId,
  name: z.string(),
  unit: z.string(),
  value: z.nullable(z.number()),
});

/** A key performance indicator. `status` and `progress` are derived, see `kpi-status.schema.ts`. */
export const Kpi = z.object({
  id: KpiId,
  organizationId: OrganizationId,
  name: z.string(),
  description: z.optional(z.string()),
  /** The unit, such as `%` or `orders`. */
  unit: z.string(),
  direction: Direction,
  baseline: z.number(),
  target: z.union([z.number(), ShownBand]),
  period: z.object({ start: z.string(), end: z.string() }),
  owner: KpiOwner,
  /** The owner's name; absent if they are gone, and where KPIs are only counted. */
  ownerName: z.optional(z.string()),
  /** Users who report on it besides its owner. */
  assigneeIds: z.array(UserId),
  /** Those who are still members, with names; for a single KPI only. */
  assignees: z.optional(z.array(KpiReporter)),
  createdBy: z.string(),
  status: KpiStatus,
  /** 0 to 1; null without a check-in. */
  progress: z.nullable(z.number()),
  latest: z.nullable(Latest),
  /** The last values, oldest first: at most 12. */
  recent: z.optional(z.array(Latest)),
  /** The owner's confidence, next to `status`. */
  confidence: z.optional(Confidence),
  /** How it is computed from others, if it is; such a KPI has no check-ins. */
  formula: z.optional(ShownFormula),
  /** Why a computed KPI currently has no value. */
  computedProblem: z.optional(ComputedProblem),
  /** Its sources that the caller may see; for a single KPI only. */
  sources: z.optional(z.array(KpiSource)),
  /** The KPIs computed from it. */
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

/** A KPI's description, a few lines. */
const kpiDescription = paragraph(2000);

/** A KPI's unit. */
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
    /** Makes it a computed KPI; this can't be changed later. */
    formula: z.optional(Formula),
  })
  .check(({ value, issues }) => {
    for (const problem of problemsOfGoal(value)) issues.push(issueOf(problem, value));
  }, fitsTogether);
export type NewKpi = z.infer<typeof NewKpi>;

/** A change of a KPI; omitted fields are unchanged. The result must be consistent as a whole. */
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
    /** For computed KPIs only. */
    formula: z.optional(Formula),
  })
  .check(changesSomething, fitsTogether);
export type KpiChange = z.infer<typeof KpiChange>;

/** The filter of a KPI list, within what the caller may see. */
export const KpiFilter = z.strictObject({
  teamId: z.optional(TeamId),
  /** A user who reports on it, including its owner. */
  assigneeId: z.optional(UserId),
  /** Its owner, if that is a user. */
  ownerId: z.optional(UserId),
  status: z.optional(KpiStatus),
  /** Whether a value is due: its period is running, and it has none of the last 7 days. */
  due: z.optional(z.enum(['now', 'later'])),
  /** Words that must each start a word of the name. */
  search: z.optional(line(120)),
});
export type KpiFilter = z.infer<typeof KpiFilter>;

/** Supported orders; `status` starts with off track, `due` with what is due next. */
export const kpiOrders = ['name', 'status', 'progress', 'due'] as const;

/** Without `sort`, newest first; search results by name. */
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
