import { DeleteCommand, type PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { sealTrail } from '../../../domain/audit/seal-trail.ts';
import { sha256 } from '../../../domain/audit/sha256.ts';
import { storedLeaves } from '../../../domain/audit/stored-leaves.ts';
import { storedSubtrees } from '../../../domain/audit/stored-tiles.ts';
import { leafHash } from '../../../domain/audit/tree/leaf.ts';
import { consistencyProof, inclusionProof, rootAt } from '../../../domain/audit/tree/proofs.ts';
import { verifyConsistency, verifyInclusion } from '../../../domain/audit/tree/verify.ts';
import type { ControlPlane, OrganizationScope } from '../../../domain/table/scope.ts';
import { startControlPlane } from './support/control-plane.ts';
import { later, now, putBeside, rootOfStored, searchedOrganization, written } from './support/sealed.ts';

let plane: ControlPlane;
let stop: () => Promise<void>;
beforeAll(async () => {
  ({ plane, stop } = await startControlPlane());
});
afterAll(() => stop());

const organization = () => searchedOrganization(plane);

describe('sealing a trail', () => {
  it('stores what was appended in tiles, which prove each entry and each earlier size', async () => {
    const scope = await organization();
    await written(scope, 300);
    const first = await sealTrail(scope, later);
    expect(first).toMatchObject({ size: 300, isAll: true, broken: null });
    await written(scope, 401, { from: 300 });
    const second = await sealTrail(scope, later);
    expect(second).toMatchObject({ size: 701, isAll: true, broken: null });
    expect(await rootOfStored(scope, 701)).toEqual(second.root);

    const tree = storedSubtrees(scope);
    expect(await rootAt(tree, 300, sha256)).toEqual(first.root);
    const consistency = {
      from: first,
      to: second,
      proof: await consistencyProof(tree, { from: 300, to: 701 }, sha256),
    };
    expect(await verifyConsistency(consistency, sha256)).toBe(true);
    for (const leaf of [0, 255, 256, 511, 512, 700]) {
      const [stored] = await storedLeaves(scope, { from: leaf, to: leaf + 1 });
      expect(stored).toMatchObject({ kind: 'written', id: `e${String(leaf).padStart(6, '0')}` });
      const inclusion = {
        leaf,
        leafHash: stored && leafHash(stored, sha256),
        size: 701,
        root: second.root,
        proof: await inclusionProof(tree, { leaf, size: 701 }, sha256),
      };
      expect(
        await verifyInclusion({ ...inclusion, leafHash: inclusion.leafHash ?? second.root }, sha256),
      ).toBe(true);
    }
  });

  it('costs two units when there is nothing new, and with little new what that takes', async () => {
    const scope = await organization();
    await written(scope, 200);
    await sealTrail(scope, later);
    const send = vi.spyOn(plane.client, 'send');
    const requests = async () => {
      const before = send.mock.calls.length;
      await sealTrail(scope, later);
      return send.mock.calls.slice(before).map(([command]) => command.constructor.name);
    };
    expect(await requests()).toEqual(['BatchGetCommand']);
    await written(scope, 3, { from: 200 });
    // The head and the seal, the stored tiles, the month's entries; a part, and the seal.
    expect(await requests()).toEqual([
      'BatchGetCommand',
      'QueryCommand',
      'QueryCommand',
      'PutCommand',
      'UpdateCommand',
    ]);
    send.mockRestore();
  });

  it('finds entries whatever their times: late ones, and those of clocks that go backwards', async () => {
    const scope = await organization();
    const day = 86_400_000;
    const times = [0, 5, 3, -1, -40, 1, 0.5, -0.5, 2, -90, 7, -7].map(
      (days) => Date.UTC(2026, 10, 24) + days * day,
    );
    for (const [number] of times.entries()) {
      await written(scope, 1, { from: number, at: (at) => times[at] ?? 0 });
      if (number % 5 === 3) expect(await sealTrail(scope, later)).toMatchObject({ size: number + 1 });
    }
    expect(await sealTrail(scope, now)).toMatchObject({ size: times.length, broken: null, isAll: true });
  });

  it('goes on where a run ended, some leaves with each', async () => {
    const scope = await organization();
    await written(scope, 700);
    const sizes: number[] = [];
    for (let isAll = false; !isAll; ) {
      const sealed = await sealTrail(scope, later, { most: 150 });
      ({ isAll } = sealed);
      sizes.push(sealed.size);
      await written(scope, 1, { from: 700 + sizes.length });
      if (isAll) expect(await rootOfStored(scope, sealed.size)).toEqual(sealed.root);
      if (sizes.length > 12) break;
    }
    expect(sizes.slice(0, 4)).toEqual([0, 0, 0, 0]);
    expect(sizes.at(-1)).toBeGreaterThanOrEqual(704);
  });

  it('may be done by several at once, and by one that is ended anywhere', async () => {
    const scope = await organization();
    for (let round = 0; round < 12; round += 1) {
      await written(scope, 40, { from: round * 40 });
      // Ends the run before its n-th request, whichever that is.
      let left = round;
      const dying = {
        ...scope,
        client: new Proxy(plane.client, {
          get: (client, name) =>
            name === 'send'
              ? (command: PutCommand) => {
                  left -= 1;
                  if (left < 0) throw new Error('ended');
                  return client.send(command);
                }
              : Reflect.get(client, name),
        }),
      };
      await Promise.allSettled([sealTrail(dying, later), sealTrail(scope, later), sealTrail(scope, later)]);
    }
    const sealed = await sealTrail(scope, later);
    expect(sealed).toMatchObject({ size: 480, isAll: true, broken: null });
    expect(await rootOfStored(scope, 480)).toEqual(sealed.root);
    expect(await rootAt(storedSubtrees(scope), 480, sha256)).toEqual(sealed.root);
  });
});

describe('a trail that somebody has changed since it was written', () => {
  const keyOf = (scope: OrganizationScope, number: number) => ({
    pk: `${scope.organizationId}#audit#2026-11`,
    sk: `${new Date(Date.UTC(2026, 10, 24, 10) + number * 1000).toISOString()}#e${String(number).padStart(6, '0')}`,
  });

  it('is not sealed: an entry is missing, which is named', async () => {
    const scope = await organization();
    await written(scope, 10);
    await sealTrail(scope, later);
    await written(scope, 10, { from: 10 });
    await plane.client.send(new DeleteCommand({ TableName: plane.table, Key: keyOf(scope, 13) }));
    const broken = { problem: 'entries missing', sequences: [13] };
    expect(await sealTrail(scope, later)).toMatchObject({ size: 10, broken });
    await written(scope, 10, { from: 20 });
    expect(await sealTrail(scope, later)).toMatchObject({ size: 10, broken });
  });

  it('is not sealed: an entry says something else than it did', async () => {
    const scope = await organization();
    await written(scope, 10);
    await plane.client.send(
      new UpdateCommand({
        TableName: plane.table,
        Key: keyOf(scope, 4),
        UpdateExpression: 'SET userId = :other',
        ExpressionAttributeValues: { ':other': 'user_2' },
      }),
    );
    expect(await sealTrail(scope, later)).toMatchObject({
      size: 0,
      broken: { problem: 'another root', size: 10 },
    });
  });

  it('is sealed without an entry that somebody put in beside the tree', async () => {
    const scope = await organization();
    await written(scope, 3);
    await putBeside(scope, 1, { from: 50 });
    expect(await sealTrail(scope, later)).toMatchObject({ size: 3, isAll: true, broken: null });
  });
});
