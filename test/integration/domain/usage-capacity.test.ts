import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { platformOverview } from '../../../domain/analytics/platform-analytics.ts';
import { UserId } from '../../../domain/ids.ts';
import { directoryShards } from '../../../domain/table/layout.ts';
import {
  type ControlPlane,
  type OpenOrganization,
  platformScope,
  withinOrganization,
} from '../../../domain/table/scope.ts';
import { transact } from '../../../domain/table/transaction.ts';
import { recordActivity } from '../../../domain/usage/record-activity.ts';
import { keepRollup, platformDays } from '../../../domain/usage/rollups.ts';
import { runShard } from '../../../domain/usage/run-shard.ts';
import { nothing } from '../../../domain/usage/tally.ts';
import { foundedOf } from '../../support/numbered-organizations.ts';
import { startControlPlane } from './support/control-plane.ts';
import { now } from './support/founding.ts';

let plane: ControlPlane;
let endpoint: string;
let stop: () => Promise<void>;
beforeAll(async () => {
  ({ plane, endpoint, stop } = await startControlPlane());
});
afterAll(() => stop());

const consumed = z.object({ ConsumedCapacity: z.object({ CapacityUnits: z.number() }) });

/** A client that adds up the capacity of each of its calls. */
function metered() {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const client = new DynamoDBClient({ endpoint, region: 'us-east-1', credentials });
  let units = 0;
  client.middlewareStack.add(
    (next) => async (args) => {
      const input = Object.assign({}, args.input, { ReturnConsumedCapacity: 'TOTAL' });
      const result = await next({ ...args, input });
      units += consumed.parse(result.output).ConsumedCapacity.CapacityUnits;
      return result;
    },
    { step: 'initialize', name: 'metered' },
  );
  const marshallOptions = { removeUndefinedValues: true };
  return { client: DynamoDBDocumentClient.from(client, { marshallOptions }), units: () => units };
}

let founded = 0;
/** Founds organizations up to that number, each with an active user. */
async function foundUpTo(count: number): Promise<void> {
  while (founded < count) {
    const next = Array.from({ length: Math.min(50, count - founded) }, () =>
      foundedOf(plane, founded++, now),
    );
    await transact(
      plane,
      next.map(({ write }) => write),
    );
    await Promise.all(next.map(({ scope }) => recordActivity(scope, UserId.parse('user_active'), now)));
  }
}

async function costOfARun() {
  const { client, units } = metered();
  const counted = { ...plane, client };
  const parts = {
    platform: platformScope(counted),
    directory: counted,
    open: withinOrganization.bind(null, counted),
    onFailure: () => {
      throw new Error('an organization could not be computed');
    },
  };
  const shards = Array.from({ length: directoryShards }, (_, shard) => shard);
  const runs = await Promise.all(shards.map((shard) => runShard(parts, { period: 'hour', shard }, now)));
  return { units: units(), organizations: runs.reduce((sum, run) => sum + run.organizations, 0) };
}

const sizes = [60, 300];

describe('a day of the platform', () => {
  const shards = Array.from({ length: directoryShards }, (_, shard) => shard);

  it('is shown once every shard of it is there, and until then the day before', async () => {
    const platform = platformScope(plane);
    const keep = (date: string, shard: number) => {
      const tally = { ...nothing, figures: { organizations: 1 } };
      return keepRollup(platform, { date, shard, period: 'hour', failures: 0, tally }, now);
    };
    for (const shard of shards) await keep('2026-11-23', shard);
    for (const shard of shards.slice(1)) await keep('2026-11-24', shard);
    const overview = async () => {
      const { date, figures } = await platformOverview(platform, now);
      return [date, figures.find(({ metric }) => metric === 'organizations')?.value];
    };
    expect(await overview()).toEqual(['2026-11-23', 4]);
    await keep('2026-11-24', 0);
    expect(await overview()).toEqual(['2026-11-24', 4]);
  });

  it('is final once no organization of it failed', async () => {
    await foundUpTo(4);
    const closeDay = async (open: OpenOrganization) => {
      const parts = { platform: platformScope(plane), directory: plane, open, onFailure: () => undefined };
      const later = new Date('2026-12-05T01:10:00.000Z');
      for (const shard of shards) await runShard(parts, { period: 'day', shard }, later);
      const [day] = await platformDays(parts.platform, '2026-12-04', '2026-12-04');
      return day?.final;
    };
    let first = true;
    const failingOnce: OpenOrganization = (id) => {
      if (first) {
        first = false;
        throw new Error('access denied');
      }
      return withinOrganization(plane, id);
    };
    expect(await closeDay(failingOnce)).toBe(false);
    expect(await closeDay((id) => withinOrganization(plane, id))).toBe(true);
  });
});

describe('a run of the usage function', () => {
  it('costs the same an organization, however many there are', async () => {
    const each: number[] = [];
    for (const size of sizes) {
      await foundUpTo(size);
      const { units, organizations } = await costOfARun();
      expect(organizations).toBe(size);
      each.push(units / size);
    }
    const [few = 0, many = 0] = each;
    expect(few).toBeGreaterThan(3);
    // The fixed cost of a run is spread over more organizations.
    expect(many / few).toBeGreaterThan(0.85);
    expect(many / few).toBeLessThan(1.1);
  });
});
