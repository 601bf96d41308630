import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AuditItem } from '../../domain/audit/audit.noun.ts';
import { isChange } from '../../domain/audit/read-actions.ts';
import type { OrganizationInDirectory } from '../../domain/organization/organization.schema.ts';
import { organizationsOfShard } from '../../domain/organization/read-directory.ts';
import { catalogue } from '../../domain/subscription/catalogue.ts';
import { entityOf } from '../../domain/table/entity.ts';
import { directoryShards } from '../../domain/table/layout.ts';
import {
  type ControlPlane,
  type OrganizationScope,
  platformScope,
  withinOrganization,
} from '../../domain/table/scope.ts';
import { figuresOf, metricsOf } from '../../domain/usage/figures.ts';
import { OrganizationMetric } from '../../domain/usage/metric.schema.ts';
import { activityBetween } from '../../domain/usage/record-activity.ts';
import { platformDays } from '../../domain/usage/rollups.ts';
import { gatherFacts, snapshotsBetween } from '../../domain/usage/take-snapshot.ts';
import type { UsageSnapshot } from '../../domain/usage/usage.schema.ts';
import { daysBefore } from '../../domain/usage/usage-day.ts';
import { usersAfter } from '../../domain/user/list-users.ts';
import { startEngine } from '../../infra/local/aws/engine/engine.ts';
import { seededState } from '../support/seeded-state.ts';
import { throwawayDirectory } from '../support/throwaway-directory.ts';

interface Entry {
  readonly action: string;
  readonly userId: string;
  readonly role: string;
  readonly timestamp: string;
}

/** An organization of the example data with its audit log. */
interface Told {
  readonly scope: OrganizationScope;
  readonly organization: OrganizationInDirectory;
  readonly snapshots: readonly UsageSnapshot[];
  /** The audit log, oldest first. */
  readonly trail: readonly Entry[];
  readonly activity: ReadonlyMap<string, readonly string[]>;
  readonly joined: ReadonlyMap<string, string>;
  /** The first day whose entries the audit log still has completely. */
  readonly keptSince: string;
}

const cleanUp = new AsyncDisposableStack();
let plane: ControlPlane;
let told: readonly Told[];
let today: string;

const dayOf = ({ timestamp }: Entry) => timestamp.slice(0, 10);

async function trailOf({ organizationId, client, table }: OrganizationScope, months: readonly string[]) {
  const queries = months.map((month) =>
    entityOf(AuditItem).query.primary({ organizationId, month }).go({ client, table, pages: 'all' }),
  );
  return (await Promise.all(queries)).flatMap(({ data }) => data);
}

async function tell(organization: OrganizationInDirectory): Promise<Told> {
  const scope = withinOrganization(plane, organization.id);
  const snapshots = await snapshotsBetween(scope, '2000-01-01', '2100-12-31');
  const first = organization.createdAt.slice(0, 10);
  const days = Array.from({ length: 430 }, (_, back) => daysBefore(today, 429 - back));
  const months = [...new Set(days.filter((date) => date >= first).map((date) => date.slice(0, 7)))];
  const users = await usersAfter(scope, undefined, 1000);
  return {
    scope,
    organization,
    snapshots,
    trail: await trailOf(scope, months),
    activity: await activityBetween(scope, first, today),
    joined: new Map(users.map(({ userId, createdAt }) => [userId, createdAt.slice(0, 10)])),
    keptSince: daysBefore(today, catalogue[organization.subscription.plan].auditRetentionDays - 1),
  };
}

beforeAll(async () => {
  const snapshot = await seededState();
  today = snapshot.split('/').at(-1)?.slice(0, 10) ?? '';
  const stateDirectory = mkdtempSync(join(throwawayDirectory(), 'mtcms-example-data-'));
  cleanUp.defer(() => rmSync(stateDirectory, { recursive: true, force: true }));
  cpSync(snapshot, stateDirectory, { recursive: true });
  const engine = await startEngine({ stateDirectory });
  cleanUp.defer(() => engine.stop());
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const inner = new DynamoDBClient({ endpoint: engine.endpoint, region: 'us-east-1', credentials });
  cleanUp.defer(() => inner.destroy());
  const { TableNames = [] } = await inner.send(new ListTablesCommand({}));
  plane = { client: DynamoDBDocumentClient.from(inner), table: TableNames[0] ?? '' };
  const shards = Array.from({ length: directoryShards }, (_, shard) =>
    organizationsOfShard(plane, shard, undefined, 100),
  );
  told = await Promise.all((await Promise.all(shards)).flat().map(tell));
});
afterAll(() => cleanUp.disposeAsync());

/** The problems of each organization and day, as text; tests expect none. */
const contradictions = (of: (one: Told, snapshot: UsageSnapshot) => readonly string[]): string[] =>
  told.flatMap((one) =>
    one.snapshots.flatMap((snapshot) =>
      of(one, snapshot).map((what) => `${one.organization.name}, ${snapshot.date}: ${what}`),
    ),
  );

describe('the example data', () => {
  it('tell of several organizations, half a year and thousands of entries', () => {
    expect(told.length).toBeGreaterThan(5);
    expect(told.flatMap(({ snapshots }) => snapshots).length).toBeGreaterThan(700);
    expect(told.flatMap(({ trail }) => trail).length).toBeGreaterThan(400);
  });

  it('count the changes and the check-ins of each day that the trail has', () => {
    const wrong = contradictions(({ trail, keptSince }, { date, changes, checkIns }) => {
      if (date < keptSince) return [];
      const entries = trail.filter((entry) => dayOf(entry) === date && isChange(entry));
      const made = entries.filter(({ action }) => action === 'check-in.created');
      return [
        ...(entries.length === changes ? [] : [`changes ${changes}, in the trail ${entries.length}`]),
        ...(made.length === checkIns ? [] : [`check-ins ${checkIns}, in the trail ${made.length}`]),
      ];
    });
    expect(wrong).toEqual([]);
  });

  it('have everybody who did something among the active of that day', () => {
    const wrong = contradictions(({ trail, activity, joined }, { date }) =>
      [...new Set(trail.filter((entry) => dayOf(entry) === date).map(({ userId }) => userId))]
        .filter((userId) => joined.has(userId) && !activity.get(userId)?.includes(date))
        .map((userId) => `${userId} did something and wasn’t active`),
    );
    expect(wrong).toEqual([]);
  });

  it('have nobody active, and nothing done by its people, while the organization isn’t served', () => {
    const wrong = told.flatMap(({ organization, trail, activity, joined, snapshots }) => {
      const { status, subscription, updatedAt, name } = organization;
      const suspended = status === 'inactive' ? [updatedAt] : [];
      const over = subscription.endDate === undefined ? [] : [`${subscription.endDate}T24`];
      const [end = 'never'] = [...suspended, ...over].sort();
      const late = trail.filter(({ userId, timestamp }) => joined.has(userId) && timestamp >= end);
      const days = [...activity.values()].flat().filter((date) => date > end.slice(0, 10));
      const figures = snapshots.filter(
        ({ date, activeUsers, checkIns }) => date > end.slice(0, 10) && activeUsers.day + checkIns > 0,
      );
      return [...late, ...days, ...figures].map((what) => `${name}: ${JSON.stringify(what)}`);
    });
    expect(wrong).toEqual([]);
  });

  it('have nobody active before they joined, and no figure of use above the number of people', () => {
    const wrong = contradictions(
      ({ activity, joined }, { date, users, activeUsers: { day, week, month } }) => {
        const early = [...activity].filter(
          ([userId, days]) => days.includes(date) && date < (joined.get(userId) ?? '9'),
        );
        const counted = [...activity.values()].filter((days) => days.includes(date)).length;
        return [
          ...early.map(([userId]) => `${userId} was active before joining`),
          ...(day <= week && week <= month && month <= users ? [] : [`${day} ${week} ${month} of ${users}`]),
          ...(counted === day ? [] : [`active ${day}, by their days of use ${counted}`]),
        ];
      },
    );
    expect(wrong).toEqual([]);
  });

  it('are what the hourly run computes of today, from what is there', async () => {
    for (const { scope, organization, snapshots } of told) {
      const stored = snapshots.at(-1);
      const at = new Date(stored?.computedAt ?? '');
      const computed = figuresOf(await gatherFacts(scope, today, at), today, at);
      expect(stored, organization.name).toEqual(computed);
    }
  });

  it('add up to the platform’s figures, day by day', async () => {
    const days = await platformDays(platformScope(plane), daysBefore(today, 179), today);
    expect(days).toHaveLength(180);
    const wrong = days.flatMap(({ date, figures }) => {
      const of = told.flatMap(({ snapshots }) => snapshots.filter((snapshot) => snapshot.date === date));
      return OrganizationMetric.options.flatMap((metric) => {
        const sum = of.reduce((total, snapshot) => total + metricsOf(snapshot)[metric], 0);
        return (figures[metric] ?? 0) === sum ? [] : [`${date}: ${metric} isn’t ${sum}`];
      });
    });
    expect(wrong).toEqual([]);
  });
});
