import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import type { OrganizationId } from '../../../domain/ids.ts';
import { withinOrganization } from '../../../domain/table/scope.ts';
import { failureFolders } from '../../../events/failure.ts';
import type { FailureBucket } from '../../../functions/aws/failure-bucket.ts';
import { replayFailures } from '../../../functions/streams/replay-failures.ts';
import { createSessions } from '../../../infra/local/aws/iam/sessions.ts';
import type { FunctionOutcome, Mapping } from '../../../infra/local/aws/resources.ts';
import { createObjectStore } from '../../../infra/local/aws/s3-objects.ts';
import { keepFailure } from '../../../infra/local/aws/streams/failures.ts';
import { type Fault, startFaultyEngine } from '../../support/faulty-engine.ts';
import { aContext } from '../../unit/functions/support/event.ts';
import { aMapping } from '../../unit/local/aws/streams/support/stream.ts';
import { type ChangeRecord, newTeamRecord, tallyOf } from './support/changes.ts';
import { startControlPlane } from './support/control-plane.ts';
import { sealAll, searchedOrganization } from './support/sealed.ts';
import { runShard, virtualClock } from './support/virtual-shard.ts';

/**
 * The audit writer under every possible fault. Afterwards, each change has exactly one entry; the last line
 * checks that for all of them.
 */
const hour = 3_600_000;
/** As in the template, see test/infra/consumers.test.ts. */
const mapping: Mapping = {
  ...aMapping,
  bisectOnError: true,
  maximumRetryAttempts: -1,
  maximumRecordAgeSeconds: 23 * 3600,
  failureBucket: 'failures',
};

let engine: Awaited<ReturnType<typeof startControlPlane>>;
let faulty: Awaited<ReturnType<typeof startFaultyEngine>>;
let handler: typeof import('../../../functions/streams/audit-writer.ts').handler;
let organizations: readonly OrganizationId[];
const everything: ChangeRecord[] = [];

beforeAll(async () => {
  engine = await startControlPlane();
  const scopes = await Promise.all(Array.from({ length: 5 }, () => searchedOrganization(engine.plane)));
  organizations = scopes.map(({ organizationId }) => organizationId);
  faulty = await startFaultyEngine(engine.endpoint);
  const { endpoint } = faulty;
  const settings = {
    TABLE_NAME: engine.plane.table,
    POWERTOOLS_LOG_LEVEL: 'SILENT',
    FAILURE_BUCKET: 'failures',
    WEBHOOK_SENDER_NAME: 'webhook-sender',
  };
  const aws = { AWS_REGION: 'eu-central-1', AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' };
  for (const [name, value] of Object.entries({ ...settings, ...aws, AWS_ENDPOINT_URL_DYNAMODB: endpoint }))
    vi.stubEnv(name, value);
  // Other files of this process may have loaded it with other settings.
  vi.resetModules();
  ({ handler } = await import('../../../functions/streams/audit-writer.ts'));
});
afterAll(async () => {
  const { entries, lost, double } = await tally(everything);
  console.log(
    `figures: writer under fire: ${everything.length} changes, ${entries} entries, lost ${lost}, double ${double}`,
  );
  vi.unstubAllEnvs();
  await faulty.stop();
  await engine.stop();
});

/** That many changes of the five organizations in turn, spread over that time. */
function changes(count: number, start: number, apart = 1000): ChangeRecord[] {
  const records = Array.from({ length: count }, (_, index) => {
    const organizationId = organizations[index % organizations.length];
    if (organizationId === undefined) throw new Error('there is no organization');
    return newTeamRecord(organizationId, everything.length + index, new Date(start + index * apart));
  });
  everything.push(...records);
  return records;
}

/** Invokes the writer without time to wait for the table. */
async function invoke(Records: readonly ChangeRecord[], more: object = {}): Promise<FunctionOutcome> {
  const context = { ...aContext, getRemainingTimeInMillis: () => 0 };
  try {
    return { ok: true, payload: await handler({ Records: [...Records], ...more }, context) };
  } catch (error) {
    return { ok: false, error: { errorType: 'Error', errorMessage: String(error) } };
  }
}

const tally = (records: readonly ChangeRecord[]) => tallyOf(engine.plane, records);
const whole = (records: readonly ChangeRecord[]) => ({ entries: records.length, lost: 0, double: 0 });

const start = Date.parse('2026-11-20T00:00:00.000Z');
const well = () => undefined;

/** Delivers until everything is processed, however many attempts that takes. */
async function deliverAll(records: readonly ChangeRecord[], clock = virtualClock(start)): Promise<void> {
  clock.pass(hour);
  const giveUp = async () => {
    throw new Error('a record was given up');
  };
  expect(await runShard({ records, clock, mapping, invoke, giveUp })).toBe(0);
}

describe('the writer', () => {
  it('writes an entry once, however often and in whatever order the stream brings its change', async () => {
    faulty.control.fault = well;
    const records = changes(200, start);
    const shuffled = [...records, ...records.slice(50, 150), ...records].toSorted(
      (a, b) => ((a.eventID.length * 7919) % 13) - ((b.eventID.length * 104_729) % 13),
    );
    for (const batch of [records, shuffled.slice(0, 100).reverse(), shuffled.slice(100, 250), shuffled])
      expect(await invoke(batch)).toMatchObject({ ok: true, payload: { batchItemFailures: [] } });
    expect(await tally(records)).toEqual(whole(records));
  });

  it('writes an entry once when two of it are at the same changes', async () => {
    faulty.control.fault = well;
    const records = changes(200, start);
    let left = 20;
    let pending: readonly ChangeRecord[][] = [records, records];
    while (pending.length > 0 && left > 0) {
      left -= 1;
      const outcomes = await Promise.all(
        pending.map(async (batch) => ({ batch, outcome: await invoke(batch) })),
      );
      pending = outcomes.flatMap(({ batch, outcome }) =>
        outcome.ok && JSON.stringify(outcome.payload) === '{"batchItemFailures":[]}' ? [] : [[...batch]],
      );
    }
    expect(pending).toEqual([]);
    expect(await tally(records)).toEqual(whole(records));
  });

  it.each(['throttle', 'lose the request', 'lose the answer', 'refuse'] as const)(
    'goes on where it was when its writes meet with this by turns: %s',
    async (fault: Fault) => {
      let count = 0;
      faulty.control.fault = () => {
        count += 1;
        return count % 5 === 0 ? fault : undefined;
      };
      const records = changes(100, start);
      await deliverAll(records);
      expect(await tally(records)).toEqual(whole(records));
    },
  );

  it('that is killed fifty times in the middle of a batch does it completely in the end', async () => {
    const records = changes(100, start);
    // Killed before or after each write of the batch reaches the table.
    for (let kill = 0; kill < 50; kill += 1) {
      let writes = 0;
      faulty.control.fault = () => {
        writes += 1;
        if (writes <= kill % 10) return undefined;
        return kill % 2 === 0 ? 'lose the answer' : 'lose the request';
      };
      await invoke(records.slice(kill, kill + 50));
    }
    faulty.control.fault = well;
    await deliverAll(records);
    expect(await tally(records)).toEqual(whole(records));
  });
});

describe('an outage of the table of 24 hours', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mtcms-failures-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const store = createObjectStore(folder, ['failures']);
  const records: ChangeRecord[] = [];
  const caller = createSessions().issue({
    role: {
      arn: 'arn:aws:iam::1:role/c',
      id: 'c',
      trustPolicy: { Statement: [] },
      policies: [],
      tags: {},
      maxSessionDuration: 1,
    },
    sessionName: 'c',
  });

  const bucket: Pick<FailureBucket, 'waiting' | 'read' | 'close'> = {
    async *waiting() {
      for (const { key } of await store.list('failures', failureFolders.waiting)) yield key;
    },
    read: async (key) => (await store.get('failures', key)).toString(),
    async close(key, text) {
      await store.put('failures', `${failureFolders.replayed}${key}`, text);
      await store.remove('failures', key);
    },
  };
  const waiting = async () => (await store.list('failures', failureFolders.waiting)).length;
  const replay = (change: Partial<Parameters<typeof replayFailures>[0]> = {}) =>
    replayFailures({
      bucket,
      consumers: ['consumer'],
      hasTime: () => true,
      invoke: async (_, event) => {
        const { Records } = z.object({ Records: z.array(z.custom<ChangeRecord>()) }).parse(event);
        const outcome = await invoke(Records, { replayed: true });
        if (!outcome.ok) throw new Error(outcome.error.errorMessage);
        return outcome.payload;
      },
      ...change,
    });

  it('loses nothing: most is made up for in order, and the rest is in the failure bucket', async () => {
    const clock = virtualClock(start);
    const isDown = () => clock.now() >= start + hour && clock.now() < start + 25 * hour;
    faulty.control.fault = () => (isDown() ? 'refuse' : undefined);
    records.push(...changes(26 * 60, start, 60_000));
    const trimmed = await runShard({
      records,
      clock,
      mapping,
      async invoke(part) {
        const outcome = await invoke(part);
        // When deployed, it would wait for a throttling table for as long as it may run.
        if (isDown()) clock.pass(15 * 60_000);
        return outcome;
      },
      giveUp: (given) =>
        keepFailure(given, 'shard', mapping, {
          caller,
          authorize: async () => undefined,
          store,
        }),
    });
    expect(trimmed).toBe(0);
    expect(await waiting()).toBeGreaterThan(0);
  });

  it('is over when the bucket has been replayed, however often that is cut off', async () => {
    faulty.control.fault = well;
    let left = 2;
    const cutOff = replay({
      bucket: {
        ...bucket,
        async close(key, text) {
          left -= 1;
          if (left === 0) throw new Error('killed');
          await bucket.close(key, text);
        },
      },
    });
    await cutOff.catch(() => undefined);
    const before = await waiting();
    const report = await replay();
    expect(report).toMatchObject({ objects: before, failing: [], waiting: 0 });
    expect(await waiting()).toBe(0);
    expect(await tally(records)).toEqual(whole(records));
  });

  it('is not replayed twice', async () => {
    expect(await replay()).toEqual({ objects: 0, records: 0, failing: [], waiting: 0 });
    expect(await tally(records)).toEqual(whole(records));
  });
});

it('has put each entry into its organization’s tree, once, whatever befell it', async () => {
  for (const organizationId of organizations) {
    const own = everything.filter(({ dynamodb }) => dynamodb.Keys.pk?.S === `${organizationId}#team`);
    const sealed = await sealAll(withinOrganization(engine.plane, organizationId), new Date());
    expect(sealed).toMatchObject({ size: own.length, isAll: true, broken: null });
  }
});
