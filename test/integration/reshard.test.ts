import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { OrganizationId } from '../../domain/ids.ts';
import { countDirectory, growDirectory } from '../../domain/organization/grow-directory.ts';
import { listOrganizations } from '../../domain/organization/list-organizations.ts';
import { organizationsOfShard } from '../../domain/organization/read-directory.ts';
import { shardOf } from '../../domain/table/layout.ts';
import { type ControlPlane, platformScope, withinOrganization } from '../../domain/table/scope.ts';
import { recordOrganizationActive } from '../../domain/usage/record-activity.ts';
import { platformDays } from '../../domain/usage/rollups.ts';
import { runShard } from '../../domain/usage/run-shard.ts';
import { startControlPlane } from './domain/support/control-plane.ts';
import { found, now } from './domain/support/founding.ts';

/** The currently deployed layout. */
const layout = vi.hoisted((): { shards: number; before: number | null } => ({ shards: 4, before: null }));
vi.mock('../../domain/table/layout.ts', async (original) => {
  const real = await original<typeof import('../../domain/table/layout.ts')>();
  return {
    ...real,
    get directoryShards() {
      return layout.shards;
    },
    get directoryShardsBefore() {
      return layout.before;
    },
  };
});

let plane: ControlPlane;
let stop: () => Promise<void>;
const ids: OrganizationId[] = [];
const create = async (name: string) => void ids.push((await found(plane, name)).organization.id);

beforeAll(async () => {
  ({ plane, stop } = await startControlPlane());
  for (let index = 0; index < 24; index += 1) await create(`Customer ${String(index).padStart(2, '0')}`);
});
afterAll(() => stop());

/** All organizations, as scheduled jobs of every shard find them, a few at a time. */
async function workedOn(limit = 3): Promise<string[]> {
  const all: string[] = [];
  for (let shard = 0; shard < layout.shards; shard += 1) {
    let last: string | undefined;
    for (let more = true; more; ) {
      const position = last === undefined ? undefined : { directoryName: last };
      const page = await organizationsOfShard(plane, shard, position, limit);
      for (const { id } of page) expect(shardOf(id, layout.shards)).toBe(shard);
      all.push(...page.map(({ id }) => id));
      last = page.at(-1)?.name.toLowerCase();
      more = page.length === limit;
    }
  }
  return all.sort();
}

const rowsIn = async () => {
  const { Items = [] } = await plane.client.send(new ScanCommand({ TableName: plane.table }));
  return Items.filter(({ sk }) => sk === 'directory');
};

describe('a directory that grows from four to eight shards', () => {
  it('is found whole by who reads the new layout, while all rows stand in the old one', async () => {
    const before = await workedOn();
    expect(before).toEqual([...ids].sort());
    Object.assign(layout, { shards: 8, before: 4 });
    expect(await workedOn()).toEqual(before);
    expect((await countDirectory(plane, 8)).misplaced).toBeGreaterThan(0);
  });

  it('moves rows while the product writes and reads, and changes nothing else of them', async () => {
    const old = new Map((await rowsIn()).map((row) => [row.organizationId, row]));
    const plan = { from: 4, to: 8 };
    // Interrupted after a few rows.
    const dying = {
      ...plane,
      client: new Proxy(plane.client, {
        get: (target, name, receiver) => {
          if (name !== 'send') return Reflect.get(target, name, receiver);
          return (command: object) => {
            if (command.constructor.name === 'UpdateCommand') updates -= 1;
            if (updates < 0) return Promise.reject(new Error('killed'));
            return Reflect.apply(target.send, target, [command]);
          };
        },
      }),
    };
    let updates = 5;
    await expect(growDirectory(dying, plan)).rejects.toThrow('killed');
    expect(await workedOn()).toEqual([...ids].sort());
    const { misplaced } = await countDirectory(plane, 8);
    expect(misplaced).toBeGreaterThan(0);
    let isMoving = true;
    const moving = growDirectory(plane, plan).finally(() => {
      isMoving = false;
    });
    for (let turn = 0; isMoving || turn < 3; turn += 1) {
      await create(`Newcomer ${turn}`);
      await recordOrganizationActive(
        withinOrganization(plane, OrganizationId.parse(ids[turn])),
        '2026-11-29',
      );
      expect(await workedOn()).toEqual([...ids].sort());
    }
    expect(await moving).toBeLessThanOrEqual(misplaced);
    await growDirectory(plane, plan);
    const count = await countDirectory(plane, 8);
    expect(count).toMatchObject({ misplaced: 0, missing: 0, organizations: ids.length });
    expect(count.rows.reduce((sum, rows) => sum + rows, 0)).toBe(ids.length);
    const place = { directoryShard: 0, directoryPk: '', lastActivityOn: '' };
    for (const row of await rowsIn()) {
      expect(row.directoryPk).toBe(`platform#organizations#${row.directoryShard}`);
      const was = old.get(row.organizationId);
      if (was !== undefined) expect({ ...row, ...place }).toEqual({ ...was, ...place });
    }
  });

  it('is worked on by its new shards alone once all have moved', async () => {
    layout.before = null;
    expect(await workedOn()).toEqual([...ids].sort());
    expect(await growDirectory(plane, { from: 4, to: 8 })).toBe(0);
  });

  it('goes on with a list that was begun before it grew', async () => {
    const list = (position?: string) =>
      listOrganizations(plane, { sort: 'name', direction: 'asc' }, { position, limit: 5, now });
    Object.assign(layout, { shards: 4, before: null });
    const begun = JSON.stringify(Array(4).fill('start'));
    Object.assign(layout, { shards: 8, before: null });
    let position: string | undefined = begun;
    const listed: string[] = [];
    while (position !== undefined) {
      const page = await list(position);
      listed.push(...page.map(({ organization }) => organization.id));
      position = page.length === 5 ? page.at(-1)?.position() : undefined;
    }
    expect(listed.toSorted()).toEqual([...ids].sort());
  });

  it('shows days of four shards beside those of eight, and no day that is half of each', async () => {
    Object.assign(layout, { shards: 4, before: null });
    const platform = platformScope(plane);
    const parts = {
      ...{ platform, directory: plane, onFailure: () => undefined },
      open: (id: Parameters<typeof withinOrganization>[1]) => withinOrganization(plane, id),
    };
    const run = async (shards: readonly number[], at: string) => {
      for (const shard of shards) await runShard(parts, { period: 'day', shard }, new Date(at));
    };
    Object.assign(layout, { shards: 4, before: null });
    await run([0, 1, 2, 3], '2026-11-26T01:10:00.000Z');
    Object.assign(layout, { shards: 8, before: 4 });
    await run([0, 1], '2026-11-27T01:10:00.000Z');
    const days = async () =>
      (await platformDays(platform, '2026-11-24', '2026-11-27')).map(({ date }) => date);
    expect(await days()).toEqual(['2026-11-25']);
    await run([2, 3, 4, 5, 6, 7], '2026-11-27T01:10:00.000Z');
    expect(await days()).toEqual(['2026-11-25', '2026-11-26']);
    const [, day] = await platformDays(platform, '2026-11-25', '2026-11-26');
    expect(day?.figures.organizations).toBe(ids.length);
  });
});
