import type { CheckInId, KpiId, UserId } from '../ids.ts';
import { acts, item, noun, number, optional, text, timeToLive, value } from '../table/item.ts';
import { memberIndex } from '../table/layout.ts';
import type { ComputedProblem, Formula } from './formula.schema.ts';
import type { Goal } from './goal.schema.ts';
import type { KpiOwner } from './kpi.schema.ts';

/**
 * A user's assignment to a KPI. Written together with the KPI, which names its people too, to find it by
 * user.
 */
export const AssignmentItem = item({
  name: 'kpiAssignment',
  key: ['{organizationId}#assigned#{userId}', '{kpiId}'],
  attributes: {
    userId: text<UserId>(),
    kpiId: text<KpiId>(),
  },
});

/** The content of a check-in before a correction. */
interface StoredCorrection {
  readonly value: number;
  readonly note?: string | undefined;
  readonly by: string;
  readonly at: string;
}

/**
 * One reported value of a KPI. Each KPI has its own partition for these, so that they don't slow each other
 * down.
 */
export const CheckInItem = item({
  name: 'checkIn',
  partOf: 'kpi',
  // Five years.
  lasts: 5 * 366 * 86_400,
  key: ['{organizationId}#kpi#{kpiId}', '{at}#{checkInId}'],
  shown: {
    kpiId: text<KpiId>(),
    checkInId: text<CheckInId>(),
    at: text(),
    value: number(),
    note: optional(text()),
    by: text(),
  },
  hidden: {
    /** The content before each correction, oldest first. */
    corrections: optional(value<StoredCorrection[]>()),
    /** Counted from its creation, since the value may be for a time long ago. */
    expiresAt: timeToLive(),
  },
  trail: {
    unstampedNoun: 'check-in',
    ...acts({
      'never: check-in': ['check-in.created', 'check-in.undone'],
      'puts back': ['check-in.corrected'],
      'never: expiry': ['check-in.expired'],
    }),
  },
});

/** A check-in's value as stored on its KPI. The id contains the time. */
export interface RecentValue {
  readonly checkInId: CheckInId;
  readonly value: number;
}

/** A KPI with its latest value, so that a list shows statuses without reading check-ins. */
export const KpiItem = item({
  name: 'kpi',
  key: ['{organizationId}#kpi', '{kpiId}'],
  shown: {
    kpiId: text<KpiId>(),
    name: text(),
    description: optional(text()),
    unit: text(),
    /** One attribute: its parts only make sense together. */
    goal: value<Goal>(),
    /** The formula of a computed KPI, set on creation only. */
    formula: optional(value<Formula>()),
    /** The owner's confidence. */
    confidence: optional(
      value<{
        readonly level: 'on_track' | 'at_risk' | 'off_track';
        readonly note?: string | undefined;
        readonly by: string;
        readonly at: string;
      }>(),
    ),
    owner: value<KpiOwner>(),
    assigneeIds: value<UserId[]>(),
    createdBy: text(),
    latest: optional(value<{ readonly value: number; readonly at: string; readonly checkInId: string }>()),
  },
  hidden: {
    /** Its owner, as the index `byMember` has it: `member#<userId>` or `team#<teamId>`. */
    holder: text(),
    /** The last values, oldest first, for the sparkline. */
    recent: optional(value<readonly RecentValue[]>()),
    /** For a computed KPI: its depth, the token of this computation, and why it has no value. */
    computed: optional(
      value<{ readonly level: number; readonly token: string; readonly problem?: ComputedProblem }>(),
    ),
    /** The KPIs computed from it. */
    feeds: optional(value<KpiId[]>()),
  },
  places: {
    byHolder: { index: memberIndex, key: ['{organizationId}#{holder}', 'kpi#{kpiId}'] },
  },
  trail: {
    ...acts({
      'never: creation': ['kpi.created'],
      'puts back': ['kpi.updated'],
      'brings back': ['kpi.deleted'],
      'takes away': ['kpi.restored'],
      'never: kind': ['kpi.assessed'],
    }),
    secondary: ['latest'],
  },
});

/**
 * A KPI's entry in the name order, by which lists are sorted and searched. Written together with the KPI;
 * an outdated entry is ignored.
 */
export const KpiNameItem = item({
  name: 'kpiName',
  key: ['{organizationId}#kpi-name', '{nameOrder}#{kpiId}'],
  attributes: {
    nameOrder: text(),
    kpiId: text<KpiId>(),
    name: text(),
  },
});

/** Marks that all KPIs of the organization are in the name order, including those that predate it. */
export const KpiNamesItem = item({
  name: 'kpiNames',
  key: ['{organizationId}#kpi-names', 'complete'],
  attributes: { since: text() },
});

export const kpiNoun = noun({
  name: 'kpi',
  subjects: ['Kpi', 'CheckIn'],
  items: [AssignmentItem, CheckInItem, KpiItem, KpiNameItem, KpiNamesItem],
});
