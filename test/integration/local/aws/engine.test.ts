import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { DynamoDBClient, GetItemCommand, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { engineClient as rawClient } from '../../../../infra/local/aws/engine/client.ts';
import { findEngine, startEngine, thisMachine } from '../../../../infra/local/aws/engine/engine.ts';
import { commandOf } from '../../../../infra/local/aws/engine/ownership.ts';
import { deleteExpired } from '../../../../infra/local/aws/engine/table.ts';
import { smallDeployment } from './support/resources.ts';
import { engineClient, key, newStateDirectory, queryOf, start, TableName } from './support/start.ts';

const noEngine = {
  platform: 'sunos',
  architecture: 'sparc',
  path: '',
  resolve: () => {
    throw new Error('not installed');
  },
};
const engineOf = (stateDirectory: string): number =>
  JSON.parse(readFileSync(join(stateDirectory, 'engine.json'), 'utf8')).engine;

describe('the engine', () => {
  it('is the package of the platform, else an executable on the PATH', () => {
    expect(findEngine(thisMachine())).toContain(join('@dynoxide', `${process.platform}-${process.arch}`));
    const folder = newStateDirectory();
    const executable = join(folder, 'dynoxide');
    writeFileSync(executable, '');
    expect(findEngine({ ...noEngine, path: folder })).toBeUndefined();
    chmodSync(executable, 0o755);
    expect(findEngine({ ...noEngine, path: folder })).toBe(executable);
  });

  it('says what to do when there is none', async () => {
    const starting = startEngine({ stateDirectory: newStateDirectory(), search: noEngine });
    await expect(starting).rejects.toThrow(
      /no database engine for sunos-sparc.*npm install.*dynoxide.*MTCMS_DYNAMODB_ENDPOINT/,
    );
  });

  it('may be any DynamoDB that is named instead', async () => {
    const first = await start();
    const second = await start({ dynamodbEndpoint: first.engineEndpoint });
    try {
      expect(second.engineEndpoint).toBe(first.engineEndpoint);
    } finally {
      await second.stop();
      await first.stop();
    }
  });

  it('ends with the run, and so does what was started when the start fails', async () => {
    const stateDirectory = newStateDirectory();
    const aws = await start({ stateDirectory });
    const engine = engineOf(stateDirectory);
    await aws.stop();
    expect(commandOf(engine)).toBeUndefined();
    expect(existsSync(join(stateDirectory, 'engine.json'))).toBe(false);
    await expect(start({ stateDirectory, resources: smallDeployment({ sortKey: 'range' }) })).rejects.toThrow(
      /another shape.*npm run reset/,
    );
    expect(existsSync(join(stateDirectory, 'engine.json'))).toBe(false);
  });

  it('is not shared by two runs on one state directory', async () => {
    const stateDirectory = newStateDirectory();
    const aws = await start({ stateDirectory });
    try {
      await expect(start({ stateDirectory })).rejects.toThrow(/Another run \(process \d+\) is using/);
    } finally {
      await aws.stop();
    }
  });

  it('that a killed run left is ended, and its data is still there', async () => {
    const stateDirectory = newStateDirectory();
    const script = new URL('support/run-until-killed.ts', import.meta.url).pathname;
    const run = spawn(process.execPath, [script, stateDirectory], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = await once(run.stdout, 'data');
    const client = new DynamoDBClient({
      region: 'local',
      endpoint: String(line).trim(),
      credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
    });
    await client.send(new PutItemCommand({ TableName, Item: key('org_A#kept') }));
    run.kill('SIGKILL');
    await once(run, 'close');
    const left = engineOf(stateDirectory);
    expect(commandOf(left)).toContain('dynoxide');

    const aws = await start({ stateDirectory });
    try {
      expect(commandOf(left)).toBeUndefined();
      const { Item } = await engineClient(aws).send(
        new GetItemCommand({ TableName, Key: key('org_A#kept') }),
      );
      expect(Item).toEqual(key('org_A#kept'));
    } finally {
      await aws.stop();
    }
  });

  it.each([
    ['is no database', (file: string) => writeFileSync(file, 'not a database')],
    ['is damaged inside', damage],
  ])('says in one line that its file %s', async (_, spoil) => {
    const stateDirectory = newStateDirectory();
    mkdirSync(stateDirectory, { recursive: true });
    await (await start({ stateDirectory })).stop();
    spoil(join(stateDirectory, 'dynamodb.db'));
    const message = await start({ stateDirectory }).catch(({ message }: Error) => message);
    expect(message).toMatch(/^The local database .*dynamodb\.db is damaged\. Run "npm run reset".*$/);
  });

  it('deletes what has expired, and keeps what got more time', async () => {
    const aws = await start();
    const raw = rawClient(aws.engineEndpoint);
    try {
      const client = engineClient(aws);
      for (const [sk, expiresAt] of [
        ['gone', 1000],
        ['kept', 3000],
      ] as const)
        await client.send(
          new PutItemCommand({
            TableName,
            Item: { ...key('org_A#x', sk), expiresAt: { N: String(expiresAt) } },
          }),
        );
      const [table] = smallDeployment().tables;
      if (table === undefined) throw new Error('no table');
      expect(await deleteExpired(raw, table.shape, 'expiresAt', new Date(2_000_000))).toBe(1);
      const { Items = [] } = await client.send(new QueryCommand(queryOf('org_A#x')));
      expect(Items.map(({ sk }) => sk?.S)).toEqual(['kept']);
    } finally {
      raw.close();
      await aws.stop();
    }
  });
});

/** Overwrites the pages after the first, which contain the engine's own tables. */
function damage(file: string): void {
  const handle = openSync(file, 'r+');
  const size = statSync(file).size;
  writeSync(handle, Buffer.alloc(size - 4096, 0xab), 0, size - 4096, 4096);
  closeSync(handle);
}
