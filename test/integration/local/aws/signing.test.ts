import { createPublicKey, verify } from 'node:crypto';
import { mkdtempSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetPublicKeyCommand, KMSClient, SignCommand } from '@aws-sdk/client-kms';
import { GetObjectCommand, GetObjectRetentionCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AwsServices } from '../../../../infra/local/aws/services.ts';
import { keyArn } from './support/resources.ts';
import { as, start } from './support/start.ts';

const stateDirectory = mkdtempSync(join(tmpdir(), 'mtcms-signing-'));
let aws: AwsServices;
beforeAll(async () => {
  aws = await start({ stateDirectory });
});
afterAll(() => aws.stop());

describe('KMS', () => {
  const client = async (role = 'admin') => new KMSClient(await as(aws, role));
  const Message = Buffer.from('a checkpoint\n');
  const signed = { KeyId: keyArn, Message, MessageType: 'RAW', SigningAlgorithm: 'ED25519_SHA_512' } as const;

  it('signs with Ed25519; the key is in a file that only its owner reads', async () => {
    const kms = await client();
    const { Signature = new Uint8Array() } = await kms.send(new SignCommand(signed));
    const { PublicKey = new Uint8Array(), KeySpec } = await kms.send(
      new GetPublicKeyCommand({ KeyId: keyArn }),
    );
    const key = createPublicKey({ key: Buffer.from(PublicKey), format: 'der', type: 'spki' });
    expect(KeySpec).toBe('ECC_NIST_EDWARDS25519');
    expect(verify(null, Message, key, Signature)).toBe(true);
    expect(statSync(join(stateDirectory, 'keys', 'signing.pem')).mode & 0o777).toBe(0o600);
    // Signing again gives the same result: the key is persistent.
    expect((await kms.send(new SignCommand(signed))).Signature).toEqual(Signature);
  });

  it('refuses another role, another key, another algorithm and a long message', async () => {
    const kms = await client();
    await expect((await client('consumer')).send(new SignCommand(signed))).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
    await expect(kms.send(new SignCommand({ ...signed, KeyId: `${keyArn}2` }))).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
    await expect(kms.send(new SignCommand({ ...signed, SigningAlgorithm: 'ECDSA_SHA_256' }))).rejects.toThrow(
      'does not implement',
    );
    await expect(kms.send(new SignCommand({ ...signed, Message: Buffer.alloc(4097) }))).rejects.toMatchObject(
      { name: 'ValidationException' },
    );
  });
});

describe('a bucket under Object Lock', () => {
  const Bucket = 'locked';
  const put = async (Key: string, more: object = {}) =>
    new S3Client(await as(aws, 'admin')).send(new PutObjectCommand({ Bucket, Key, Body: 'first', ...more }));

  it('keeps an object as it was put first', async () => {
    await put('one', { IfNoneMatch: '*' });
    await expect(put('one', { Body: 'second', IfNoneMatch: '*' })).rejects.toMatchObject({
      name: 'PreconditionFailed',
    });
    // AWS would keep both versions.
    await expect(put('one', { Body: 'second' })).rejects.toThrow('second version');
    const s3 = new S3Client(await as(aws, 'admin'));
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key: 'one' }));
    expect(await Body?.transformToString()).toBe('first');
  });

  it('says until when', async () => {
    await put('two');
    const s3 = new S3Client(await as(aws, 'admin'));
    const { Retention } = await s3.send(new GetObjectRetentionCommand({ Bucket, Key: 'two' }));
    const days = ((Retention?.RetainUntilDate?.getTime() ?? 0) - Date.now()) / 86_400_000;
    expect([Retention?.Mode, Math.round(days)]).toEqual(['COMPLIANCE', 30]);
  });
});
