import { mkdtempSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventBridgeClient, ListRulesCommand, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import {
  InvokeCommand,
  type InvokeCommandInput,
  LambdaClient,
  ListFunctionsCommand,
} from '@aws-sdk/client-lambda';
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import {
  GetSecretValueCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AwsServices } from '../../../../infra/local/aws/services.ts';
import { functionArn } from './support/resources.ts';
import { as, start } from './support/start.ts';

const stateDirectory = mkdtempSync(join(tmpdir(), 'mtcms-services-'));
let aws: AwsServices;
const invoked: unknown[] = [];
const problems: string[] = [];
beforeAll(async () => {
  aws = await start({
    stateDirectory,
    onProblem: (message) => problems.push(message),
    invoke: async (functionArn, event) => {
      invoked.push([functionArn, event]);
      return Object(event).fail
        ? { ok: false, error: { errorType: 'Error', errorMessage: 'broken' } }
        : { ok: true, payload: null };
    },
  });
});
afterAll(() => aws.stop());

describe('Secrets Manager', () => {
  const read = async (SecretId: string, role = 'admin') =>
    (await new SecretsManagerClient(await as(aws, role)).send(new GetSecretValueCommand({ SecretId })))
      .SecretString;

  it("gives the template's secret by name and by ARN, and given secrets by name", async () => {
    const generated = await read('cursor');
    expect(generated).toMatch(/^[A-Za-z0-9]{64}$/);
    expect(await read('arn:aws:secretsmanager:eu-central-1:111122223333:secret:cursor-AbCdEf')).toBe(
      generated,
    );
    expect(await read('given/one')).toBe('told');
  });

  it('keeps what it generated where only the owner can read it', async () => {
    const file = join(stateDirectory, 'secrets.json');
    expect(readFileSync(file, 'utf8')).toContain(await read('cursor'));
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('denies a secret that the policy does not name, there or not', async () => {
    await expect(read('given/two')).rejects.toMatchObject({ name: 'AccessDeniedException' });
    await expect(read('nothing')).rejects.toMatchObject({ name: 'AccessDeniedException' });
    await expect(read('cursor', 'organization')).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });

  it('does not pretend to write', async () => {
    const client = new SecretsManagerClient(await as(aws, 'admin'));
    await expect(
      client.send(new PutSecretValueCommand({ SecretId: 'cursor', SecretString: 'x' })),
    ).rejects.toThrow('does not implement secretsmanager:PutSecretValue');
  });
});

describe('Lambda', () => {
  const invoke = async (input: Partial<InvokeCommandInput>, role = 'admin') =>
    new LambdaClient(await as(aws, role)).send(
      new InvokeCommand({ FunctionName: 'consumer', InvocationType: 'Event', ...input }),
    );
  const event = (value: object) => ({ Payload: Buffer.from(JSON.stringify(value)) });

  it('takes events and runs the function on each in their order, one that fails too', async () => {
    const { StatusCode } = await invoke(event({ number: 1, fail: true }));
    expect(StatusCode).toBe(202);
    await invoke(event({ number: 2 }));
    await expect.poll(() => invoked).toHaveLength(4);
    expect(invoked).toEqual([
      ...Array(3).fill([functionArn('consumer'), { number: 1, fail: true }]),
      [functionArn('consumer'), { number: 2 }],
    ]);
    expect(problems).toEqual([`${functionArn('consumer')} failed on an event: broken`]);
  });

  it('keeps what a function has failed on three times in its dead letter queue', () => {
    const [{ at, ...letter } = { at: '' }, ...more] = aws.deadLetters();
    expect(letter).toEqual({
      queue: 'undelivered',
      body: { number: 1, fail: true },
      problem: `${functionArn('consumer')} failed on an event: broken`,
    });
    expect(Date.parse(at)).not.toBeNaN();
    expect(more).toEqual([]);
  });

  it('denies a function that the policy does not name, and does not find one that is not there', async () => {
    await expect(invoke({ FunctionName: 'organization' })).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
    await expect(invoke({}, 'organization')).rejects.toMatchObject({ name: 'AccessDeniedException' });
    await expect(invoke({ FunctionName: 'missing', ...event({}) })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });

  it('answers what the function returned, or that it failed, to whoever waits for it', async () => {
    const waiting = { InvocationType: 'RequestResponse' } as const;
    const answered = await invoke({ ...waiting, ...event({ number: 3 }) });
    expect(answered.StatusCode).toBe(200);
    expect(answered.FunctionError).toBeUndefined();
    const failed = await invoke({ ...waiting, ...event({ fail: true }) });
    expect(failed.FunctionError).toBe('Unhandled');
    expect(failed.Payload?.transformToString()).toContain('"errorMessage":"broken"');
  });

  it('does not pretend to know versions, or to do anything else', async () => {
    await expect(invoke({ InvocationType: 'DryRun' })).rejects.toThrow('does not implement lambda');
    await expect(invoke({ Qualifier: '3' })).rejects.toThrow('does not implement lambda');
    const client = new LambdaClient(await as(aws, 'admin'));
    await expect(client.send(new ListFunctionsCommand({}))).rejects.toThrow('does not implement lambda');
  });
});

describe('EventBridge', () => {
  const entry = { EventBusName: 'changes', Source: 'mtcms', DetailType: 'user.created', Detail: '{"id":1}' };
  const put = async (...Entries: object[]) =>
    new EventBridgeClient(await as(aws, 'consumer')).send(new PutEventsCommand({ Entries }));

  it('keeps an event in its file and for the console', async () => {
    const { FailedEntryCount, Entries } = await put(entry);
    expect(FailedEntryCount).toBe(0);
    expect(aws.busEvents().at(-1)).toMatchObject({
      bus: 'changes',
      event: { id: Entries?.[0]?.EventId, source: 'mtcms', 'detail-type': 'user.created', detail: { id: 1 } },
    });
    expect(readFileSync(join(stateDirectory, 'bus', 'changes.jsonl'), 'utf8')).toContain('"detail":{"id":1}');
  });

  it('refuses entries one by one', async () => {
    const before = aws.busEvents().length;
    const { FailedEntryCount, Entries = [] } = await put(
      entry,
      { ...entry, Detail: 'no json' },
      { ...entry, Detail: '[1]' },
      { ...entry, Source: undefined },
      { ...entry, DetailType: '' },
      { ...entry, Source: 'aws.s3' },
      { ...entry, Detail: JSON.stringify({ text: 'x'.repeat(256 * 1024) }) },
    );
    expect(FailedEntryCount).toBe(6);
    expect(Entries.map(({ ErrorCode }) => ErrorCode)).toEqual([
      undefined,
      'MalformedDetail',
      'MalformedDetail',
      'InvalidArgument',
      'InvalidArgument',
      'NotAuthorizedForSourceException',
      'InvalidArgument',
    ]);
    expect(aws.busEvents()).toHaveLength(before + 1);
  });

  it('refuses more than ten entries, another bus, and other operations', async () => {
    await expect(put(...Array.from({ length: 11 }, () => entry))).rejects.toMatchObject({
      name: 'ValidationException',
    });
    await expect(put({ ...entry, EventBusName: 'other' })).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
    const client = new EventBridgeClient(await as(aws, 'consumer'));
    await expect(client.send(new ListRulesCommand({}))).rejects.toThrow(
      'does not implement events:ListRules',
    );
  });
});

describe('S3', () => {
  const client = async (role = 'admin') => new S3Client(await as(aws, role));
  const Bucket = 'failures';

  it('keeps an object, lists it and gives it back', async () => {
    const s3 = await client();
    await s3.send(new PutObjectCommand({ Bucket, Key: 'own/a b/1', Body: 'content & more' }));
    await s3.send(new PutObjectCommand({ Bucket, Key: 'own/a b/2', Body: 'x' }));
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key: 'own/a b/1' }));
    expect(await Body?.transformToString()).toBe('content & more');
    const first = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: 'own/', MaxKeys: 1 }));
    expect(first.Contents?.map(({ Key, Size }) => [Key, Size])).toEqual([['own/a b/1', 14]]);
    const ContinuationToken = first.NextContinuationToken;
    const second = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: 'own/', ContinuationToken }));
    expect(second.Contents?.map(({ Key }) => Key)).toEqual(['own/a b/2']);
    await s3.send(new HeadBucketCommand({ Bucket }));
  });

  it('deletes an object for whoever may, and is content when there is none', async () => {
    const s3 = await client();
    await s3.send(new PutObjectCommand({ Bucket, Key: 'own/gone', Body: 'x' }));
    for (const _ of ['there', 'gone']) await s3.send(new DeleteObjectCommand({ Bucket, Key: 'own/gone' }));
    await expect(s3.send(new GetObjectCommand({ Bucket, Key: 'own/gone' }))).rejects.toMatchObject({
      name: 'NoSuchKey',
    });
    const organization = await client('organization');
    await expect(
      organization.send(new DeleteObjectCommand({ Bucket, Key: 'own/a b/1' })),
    ).rejects.toMatchObject({ name: 'AccessDenied' });
  });

  it('denies objects and buckets outside the policy', async () => {
    const s3 = await client();
    const denied = { name: 'AccessDenied' };
    await expect(s3.send(new PutObjectCommand({ Bucket, Key: 'other/1', Body: 'x' }))).rejects.toMatchObject(
      denied,
    );
    await expect(s3.send(new ListObjectsV2Command({ Bucket: 'elsewhere' }))).rejects.toMatchObject(denied);
    const organization = await client('organization');
    await expect(organization.send(new GetObjectCommand({ Bucket, Key: 'own/a b/1' }))).rejects.toMatchObject(
      denied,
    );
  });

  it('refuses a key that leaves the bucket, a missing object, and other operations', async () => {
    const s3 = await client();
    await expect(
      s3.send(new PutObjectCommand({ Bucket, Key: 'own/../../../x', Body: 'x' })),
    ).rejects.toThrow();
    await expect(s3.send(new GetObjectCommand({ Bucket, Key: 'own/none' }))).rejects.toMatchObject({
      name: 'NoSuchKey',
    });
    await expect(
      s3.send(new CopyObjectCommand({ Bucket, Key: 'own/c', CopySource: `${Bucket}/own/a` })),
    ).rejects.toThrow('does not implement');
  });
});
