import type { OrganizationId, UserId } from '../ids.ts';
import type { Stage } from '../organization/onboarding.schema.ts';
import type { DirectoryPosition } from '../organization/read-directory.ts';
import { flag, item, list, noun, number, optional, text, timeToLive, value } from '../table/item.ts';
import type { Attention } from './attention.schema.ts';
import type { UsagePeriod } from './run.schema.ts';
import type { CohortCounts, Leaders, Tally } from './tally.ts';
import type { UsageSnapshot } from './usage.schema.ts';

/** The days of a month (two digits each) on which a user was active. Kept as long as figures need them. */
export const ActivityItem = item({
  name: 'activity',
  key: ['{organizationId}#activity', '{month}#{userId}'],
  attributes: {
    month: text(),
    userId: text<UserId>(),
    days: optional(list()),
    expiresAt: timeToLive(),
  },
});

/** The sums of one day over a shard's organizations. Readers add up the shards. */
export const RollupItem = item({
  name: 'usageRollup',
  key: ['{organizationId}#usage', 'day#{date}#shard#{shard}'],
  isPlatforms: true,
  attributes: {
    date: text(),
    shard: number(),
    /** The number of shards; four if absent. */
    of: optional(number()),
    final: flag(),
    figures: value<Tally['figures']>(),
    computedAt: text(),
  },
});

/**
 * The organizations of a shard that need attention, as found by the last hourly run: the most urgent, and
 * the total number.
 */
export const AttentionItem = item({
  name: 'usageAttention',
  key: ['{organizationId}#usage', 'attention#shard#{shard}'],
  isPlatforms: true,
  attributes: {
    shard: number(),
    items: value<Attention[]>(),
    total: number(),
    computedAt: text(),
  },
});

/** The organizations of a shard with the highest figures of a day. Readers merge the shards. */
export const LeadersItem = item({
  name: 'usageLeaders',
  key: ['{organizationId}#usage', 'leaders#{date}#shard#{shard}'],
  isPlatforms: true,
  attributes: {
    date: text(),
    shard: number(),
    leaders: value<Leaders>(),
  },
});

/**
 * A month's cohorts of a shard's organizations, as of its last computed day. Its size only depends on the
 * number of starting months.
 */
export const CohortsItem = item({
  name: 'usageCohorts',
  key: ['{organizationId}#usage', 'cohorts#{month}#shard#{shard}'],
  isPlatforms: true,
  attributes: {
    month: text(),
    shard: number(),
    date: text(),
    /** The number of shards; four if absent. */
    of: optional(number()),
    cohorts: value<CohortCounts>(),
  },
});

/** A run's record and, while it runs, its checkpoint: position and sums so far (`tally`). */
export const RunItem = item({
  name: 'usageRun',
  key: ['{organizationId}#usage', 'run#{due}#{period}#{shard}'],
  isPlatforms: true,
  attributes: {
    due: text(),
    period: text<UsagePeriod>(),
    shard: number(),
    date: text(),
    status: text<'running' | 'done' | 'failed'>(),
    attempts: number(),
    organizations: number(),
    uncertain: optional(number()),
    failures: number(),
    failed: value<OrganizationId[]>(),
    startedAt: text(),
    finishedAt: optional(text()),
    position: optional(value<DirectoryPosition>()),
    tally: optional(value<Tally>()),
    /** Counts writes to the record, so that two runs of the same shard notice each other. */
    revision: number(),
    expiresAt: timeToLive(),
  },
});

/** One day of one organization. Provisional figures are recomputed every hour; final ones are kept. */
export const UsageItem = item({
  name: 'usageSnapshot',
  key: ['{organizationId}#usage', 'day#{date}'],
  attributes: {
    date: text(),
    final: flag(),
    users: number(),
    usersByRole: value<UsageSnapshot['usersByRole']>(),
    activeAdmins: optional(number()),
    activeUsers: value<UsageSnapshot['activeUsers']>(),
    lastActiveOn: optional(text()),
    pendingInvitations: number(),
    teams: number(),
    kpis: value<UsageSnapshot['kpis']>(),
    checkIns: number(),
    changes: number(),
    health: optional(value<NonNullable<UsageSnapshot['health']>>()),
    cohorts: optional(value<NonNullable<UsageSnapshot['cohorts']>>()),
    stage: text<Stage>(),
    changedSince: optional(value<NonNullable<UsageSnapshot['changedSince']>>()),
    definition: number(),
    computedAt: text(),
  },
});

export const usageNoun = noun({
  name: 'usage',
  subjects: ['UsageSnapshot', 'Analytics'],
  items: [ActivityItem, RollupItem, AttentionItem, LeadersItem, CohortsItem, RunItem, UsageItem],
});
