import { generateKeyPairSync, sign } from 'node:crypto';
import { DeleteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appendEntries, together } from '../../../domain/audit/append-entries.ts';
import { KnownHeads } from '../../../domain/audit/append-leaves.ts';
import { exportProof, type ProofPosition } from '../../../domain/audit/checkpoints/export-proof.ts';
import { type Anchors, notaryOf } from '../../../domain/audit/checkpoints/notary.ts';
import { latestCheckpoint, proveEntry, publishedKey } from '../../../domain/audit/checkpoints/prove-entry.ts';
import { keepRound, memberOf, proveRound } from '../../../domain/audit/checkpoints/rounds.ts';
import { takeCheckpoint } from '../../../domain/audit/checkpoints/take-checkpoint.ts';
import { sealTrail } from '../../../domain/audit/seal-trail.ts';
import { sha256 } from '../../../domain/audit/sha256.ts';
import { fromBase64 } from '../../../domain/audit/tree/hash.ts';
import { verifyConsistency } from '../../../domain/audit/tree/verify.ts';
import { newOrganizationId, PLATFORM } from '../../../domain/ids.ts';
import {
  type ControlPlane,
  type OrganizationScope,
  withinOrganization,
} from '../../../domain/table/scope.ts';
// biome-ignore lint/correctness/useImportExtensions: its types are in a file of their own
import { type Options, verify } from '../../../web/public/audit-verify.mjs';
import { numberedEntries } from '../../support/trail-entries.ts';
import { startControlPlane } from './support/control-plane.ts';

let plane: ControlPlane;
let stop: () => Promise<void>;
beforeAll(async () => {
  ({ plane, stop } = await startControlPlane());
});
afterAll(() => stop());

const now = new Date('2026-11-24T12:00:00.000Z');
const hour = (hours: number) => new Date(now.getTime() + hours * 3_600_000);
const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const rawKey = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);

/** A key and a bucket that fail on demand. */
function tools() {
  const kept = new Map<string, string>();
  const down = { key: false, bucket: false };
  const anchors: Anchors = {
    put: async (key, text) => {
      if (down.bucket) throw new Error('the bucket refuses');
      if (!kept.has(key)) kept.set(key, text);
    },
    read: async (key) => kept.get(key) ?? '',
  };
  const notary = notaryOf('https://app.example.com', {
    publicKey: async () => new Uint8Array(rawKey),
    sign: async (text) => {
      if (down.key) throw new Error('the key can’t be reached');
      return new Uint8Array(sign(null, Buffer.from(text), privateKey));
    },
  });
  return { notary, anchors, kept, down };
}

async function organization(): Promise<OrganizationScope> {
  const scope = withinOrganization(plane, newOrganizationId(now));
  await sealTrail(scope, now);
  for (let run = 0; !(await sealTrail(scope, hour(1))).isAll; run += 1) expect(run).toBeLessThan(5);
  return scope;
}

async function write(scope: OrganizationScope, count: number, from = 0) {
  const heads = new KnownHeads();
  for (const part of together(numberedEntries(scope.organizationId, count, { from })))
    await appendEntries(scope, part, { heads });
}

/** A proof file, fetched in parts as a browser does. */
async function proofOf(scope: OrganizationScope): Promise<string> {
  let text = '';
  let position: ProofPosition | undefined;
  do {
    const part = await exportProof(scope, position, hour(5));
    text += part.text;
    position = part.next ?? undefined;
  } while (position !== undefined);
  return text;
}
const verified = (text: string, options: Options = {}) =>
  verify([Buffer.from(text)], { now: hour(6), ...options });

describe('checkpoints', () => {
  it('are signed and anchored when the trail has grown, and prove each other', async () => {
    const [scope, with_] = [await organization(), tools()];
    await write(scope, 30);
    const first = await takeCheckpoint(scope, with_, hour(1));
    expect(first).toMatchObject({ newest: { size: 30, number: 1, anchored: 30 }, broken: null, isAll: true });
    expect(await takeCheckpoint(scope, with_, hour(2))).toMatchObject({ newest: { number: 1 } });
    await write(scope, 270, 30);
    await takeCheckpoint(scope, with_, hour(3));
    const { checkpoint, consistency } = await latestCheckpoint(scope, 30);
    expect(checkpoint).toMatchObject({ size: 300, number: 2, isAnchored: true });
    expect([...with_.kept.keys()]).toEqual(
      ['000000000030', '000000000300'].map((size) => `${scope.organizationId}/checkpoints/${size}`),
    );
    const hash = (text = '') => fromBase64(text) ?? new Uint8Array();
    const consistent = verifyConsistency(
      {
        from: { size: 30, root: hash(first.newest?.root) },
        to: { size: 300, root: hash(checkpoint?.root) },
        proof: consistency?.proof.map(hash) ?? [],
      },
      sha256,
    );
    expect(await consistent).toBe(true);
  });

  it('wait while the key can’t be reached or the bucket refuses; entries don’t', async () => {
    const [scope, with_] = [await organization(), tools()];
    await write(scope, 5);
    with_.down.key = true;
    await expect(takeCheckpoint(scope, with_, hour(1))).rejects.toThrow('can’t be reached');
    await write(scope, 5, 5);
    with_.down.key = false;
    with_.down.bucket = true;
    await expect(takeCheckpoint(scope, with_, hour(2))).rejects.toThrow('refuses');
    expect(await latestCheckpoint(scope, undefined)).toMatchObject({
      checkpoint: { size: 10, number: 1, isAnchored: false },
    });
    await write(scope, 5, 10);
    with_.down.bucket = false;
    await takeCheckpoint(scope, with_, hour(3));
    expect([...with_.kept.keys()].map((key) => key.slice(-3))).toEqual(['010', '015']);
    expect((await verified(await proofOf(scope))).findings).toEqual([]);
  });

  it('are numbered without a gap when many are taken at once', async () => {
    const [scope, with_] = [await organization(), tools()];
    for (let round = 0; round < 5; round += 1) {
      await write(scope, 3, round * 3);
      await Promise.all([1, 2, 3, 4].map(() => takeCheckpoint(scope, with_, hour(round))));
    }
    const { findings, facts } = await verified(await proofOf(scope));
    expect(findings).toEqual([]);
    expect(facts.newest).toMatchObject({ size: 15, number: 5 });
  });
});

describe('a proof file', () => {
  it('comes in parts, and is verified by a file that knows nothing of us', async () => {
    const [scope, with_] = [await organization(), tools()];
    await write(scope, 700);
    await takeCheckpoint(scope, with_, hour(1));
    await write(scope, 1800, 700);
    const { newest } = await takeCheckpoint(scope, with_, hour(2));
    const text = await proofOf(scope);
    const { findings, facts } = await verified(text, { key: newest?.key, checkpoints: [newest?.note ?? ''] });
    expect(findings).toEqual([]);
    expect(facts).toMatchObject({ entries: 2500, newest: { size: 2500, number: 2 } });
  });

  it('shows what somebody did in the table', async () => {
    const [scope, with_] = [await organization(), tools()];
    await write(scope, 20);
    await takeCheckpoint(scope, with_, hour(1));
    const keyOf = (number: number) => {
      const [{ entry } = { entry: { timestamp: '', id: '' } }] = numberedEntries(scope.organizationId, 1, {
        from: number,
      });
      const { timestamp, id } = entry;
      return { pk: `${scope.organizationId}#audit#2026-11`, sk: `${timestamp}#${id}` };
    };
    await plane.client.send(
      new UpdateCommand({
        TableName: plane.table,
        Key: keyOf(7),
        UpdateExpression: 'SET userId = :other',
        ExpressionAttributeValues: { ':other': 'user_2' },
      }),
    );
    await plane.client.send(new DeleteCommand({ TableName: plane.table, Key: keyOf(12) }));
    expect((await verified(await proofOf(scope))).findings).toEqual([
      { code: 'removed', from: 12, to: 12 },
      { code: 'edited', from: 7, to: 7 },
    ]);
  });

  it('has the platform’s promise: a round that covers this log beside all others', async () => {
    const with_ = tools();
    const scopes = await Promise.all([1, 2, 3, 4, 5].map(organization));
    const platform = withinOrganization(plane, PLATFORM);
    for (let round = 0; round < 3; round += 1) {
      const members = [];
      for (const scope of scopes) {
        await write(scope, 4, round * 4);
        const { newest } = await takeCheckpoint(scope, with_, hour(round));
        if (newest !== null) members.push(memberOf(newest));
      }
      await keepRound(platform, with_, { shard: 3, members, now: hour(round) });
    }
    for (const scope of scopes) {
      await proveRound(scope, platform, with_.anchors, 3);
      const { findings, facts } = await verified(await proofOf(scope));
      expect(findings).toEqual([]);
      expect(facts.round).toMatchObject({ round: 2, count: 5 });
    }
    // A log is exported in its state before the last round.
    const [scope] = scopes;
    const lines = scope === undefined ? [] : (await proofOf(scope)).trimEnd().split('\n');
    const older = lines.filter((line) => !/"sequence":(8|9|1\d)}|\\n12\\n/.test(line));
    const cut = [...older.slice(0, -1), `{"end":{"lines":${older.length - 1}}}`];
    expect((await verified(`${cut.join('\n')}\n`)).findings).toEqual([{ code: 'cut_tail', from: 8, to: 11 }]);
    expect((await publishedKey(platform)).key).toMatch(/^app\.example\.com\/audit\+[0-9a-f]{8}\+/);
  });
});

describe('a receipt', () => {
  it('proves one entry alone', async () => {
    const [scope, with_] = [await organization(), tools()];
    await write(scope, 300);
    const asked = (number: number) => {
      const [{ entry } = { entry: { id: '', timestamp: '' } }] = numberedEntries(scope.organizationId, 1, {
        from: number,
      });
      return { entryId: entry.id, timestamp: entry.timestamp };
    };
    await expect(proveEntry(scope, asked(3))).rejects.toMatchObject({ reason: 'entry_not_sealed' });
    await takeCheckpoint(scope, with_, hour(1));
    for (const number of [0, 3, 255, 256, 299]) {
      const receipt = await proveEntry(scope, asked(number));
      expect((await verified(JSON.stringify(receipt))).findings).toEqual([]);
    }
    await expect(proveEntry(scope, { ...asked(3), entryId: 'e9' })).rejects.toMatchObject({
      reason: 'entry_not_sealed',
    });
  });
});
