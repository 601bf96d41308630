import { Logger } from '@aws-lambda-powertools/logger';
import { ProvisionedThroughputExceededException } from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { storedLeaves } from '../../../domain/audit/stored-leaves.ts';
import { newOrganizationId, type OrganizationId } from '../../../domain/ids.ts';
import { type ControlPlane, withinOrganization } from '../../../domain/table/scope.ts';
import { changesAppender } from '../../../functions/streams/append-changes.ts';
import { readBatch } from '../../../functions/streams/read-batch.ts';
import { aContext } from '../../unit/functions/support/event.ts';
import { type ChangeRecord, newTeamRecord } from './support/changes.ts';
import { startControlPlane } from './support/control-plane.ts';
import { later, rootOfStored, sealAll } from './support/sealed.ts';

let plane: ControlPlane;
let stop: () => Promise<void>;
beforeAll(async () => {
  ({ plane, stop } = await startControlPlane());
});
afterAll(() => stop());

/** Pseudorandom numbers, the same in each run. */
function sequenceOf(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
}

/**
 * A separate writer, unaware of the others, on a table that throttles it and loses requests and responses.
 * A writer that loses is killed in the middle of its batch: its invocation ends.
 */
function startWriter(seed: number) {
  const random = sequenceOf(seed);
  let faults = true;
  const client: DynamoDBDocumentClient = new Proxy(plane.client, {
    get(target, name) {
      if (name !== 'send') return Reflect.get(target, name);
      return async (command: Parameters<DynamoDBDocumentClient['send']>[0]) => {
        const fate = faults ? random(10) : 9;
        if (fate === 0) throw new Error('killed before its request');
        if (fate === 1) throw new ProvisionedThroughputExceededException({ message: 'busy', $metadata: {} });
        const answer = await target.send(command);
        if (fate === 2) throw new Error('killed after its request');
        return answer;
      };
    },
  });
  const own = { client, table: plane.table };
  const reader = {
    logger: new Logger({ logLevel: 'SILENT' }),
    tombstones: own,
    setAside: async () => {
      throw new Error('a record was put aside');
    },
    handle: changesAppender(own, () => undefined),
  };
  const context = { ...aContext, getRemainingTimeInMillis: () => 60_000 };
  return {
    random,
    calm: () => {
      faults = false;
    },
    write: (Records: readonly ChangeRecord[]) => readBatch({ Records: [...Records] }, context, reader),
  };
}

const organizations = Array.from({ length: 3 }, () => newOrganizationId(new Date()));
const of = (number: number): OrganizationId => organizations[number % 3] ?? newOrganizationId(new Date());

describe('two writers of the same organizations', () => {
  const count = 600;
  const at = Date.UTC(2026, 10, 20);
  // The clock sometimes goes backwards.
  const records = Array.from({ length: count }, (_, number) =>
    newTeamRecord(of(number), number, new Date(at + (number % 7) * 40_000_000 - number * 1000)),
  );

  it('that are killed, throttled and fed twice lose nothing, double nothing, and leave whole trees', async () => {
    const writers = [startWriter(1), startWriter(2)];
    await Promise.all(
      writers.map(async ({ random, write }) => {
        for (let round = 0; round < 60; round += 1) {
          const from = random(count);
          const batch = records.slice(from, from + 1 + random(60));
          await write(random(3) === 0 ? batch.toReversed() : batch);
        }
      }),
    );
    // Lambda's final behaviour: it redelivers everything that was reported.
    for (const writer of writers) writer.calm();
    for (let from = 0; from < count; from += 100)
      await Promise.all(writers.map(({ write }) => write(records.slice(from, from + 100))));

    let [entries, double] = [0, 0];
    for (const organizationId of organizations) {
      const scope = withinOrganization(plane, organizationId);
      // The first one starts the search for earlier entries.
      await sealAll(scope, later).catch(() => undefined);
      const sealed = await sealAll(scope, new Date(later.getTime() + 3_600_000));
      expect(sealed).toMatchObject({ size: 200, broken: null });
      expect(await rootOfStored(scope, 200)).toEqual(sealed.root);
      const leaves = await storedLeaves(scope, { from: 0, to: sealed.size });
      const ids = new Set(leaves.map((leaf) => 'id' in leaf && leaf.id));
      expect(leaves.every(({ kind }) => kind === 'written')).toBe(true);
      entries += ids.size;
      double += leaves.length - ids.size;
    }
    const line = `two writers under fire: ${count} changes, ${entries} entries, lost ${count - entries}, double ${double}`;
    console.log(line);
    expect(line).toBe('two writers under fire: 600 changes, 600 entries, lost 0, double 0');
  });
});
