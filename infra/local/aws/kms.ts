import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { LocalProblem } from '../problem.ts';
import type { AwsService } from './http/endpoint.ts';
import { AwsError, jsonAnswer, jsonBody, notImplemented, targetOperation } from './http/messages.ts';
import type { Authorize } from './iam/authorizer.ts';
import type { AwsResources } from './resources.ts';

interface KmsOptions {
  readonly authorize: Authorize;
  readonly keys: AwsResources['keys'];
  /** The directory of the private keys: one file each, readable only by its owner. */
  readonly folder: string;
}

const named = z.object({ KeyId: z.string().min(1) });
const signInput = named.extend({
  Message: z.base64(),
  MessageType: z.enum(['RAW', 'DIGEST']).default('RAW'),
  SigningAlgorithm: z.string(),
});

const algorithm = 'ED25519_SHA_512';
const largestMessage = 4096;

/**
 * Sign and GetPublicKey of Ed25519 keys, which the template creates. Source: AWS KMS API Reference: of an
 * ECC_NIST_EDWARDS25519 key, ED25519_SHA_512 signs a message (RAW) of up to 4,096 bytes.
 */
export const kms = ({ authorize, keys, folder }: KmsOptions): AwsService => ({
  protocol: 'json-1.1',
  async handle(request, caller) {
    const operation = targetOperation(request, 'TrentService');
    if (operation !== 'Sign' && operation !== 'GetPublicKey') throw notImplemented('kms', operation);
    const body = jsonBody(request);
    const { KeyId } = parsed(named, body);
    const key = keys.find(({ id, arn }) => KeyId === id || KeyId === arn);
    // A key's own policy has to allow it too: by default it leaves that to the account's policies.
    const access = { action: `kms:${operation}`, resource: key?.arn ?? KeyId, resourcePolicy: key?.policy };
    await authorize(caller, access);
    if (key === undefined) throw new AwsError('NotFoundException', `Key '${KeyId}' does not exist`);
    const privateKey = privateKeyIn(folder, key.id);
    if (operation === 'GetPublicKey')
      return jsonAnswer({
        KeyId: key.arn,
        KeySpec: 'ECC_NIST_EDWARDS25519',
        KeyUsage: 'SIGN_VERIFY',
        PublicKey: createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).toString('base64'),
        SigningAlgorithms: [algorithm, 'ED25519_PH_SHA_512'],
      });
    const { Message, MessageType, SigningAlgorithm } = parsed(signInput, body);
    if (SigningAlgorithm !== algorithm || MessageType !== 'RAW')
      throw notImplemented('kms', `Sign (${SigningAlgorithm}, ${MessageType})`);
    const message = Buffer.from(Message, 'base64');
    if (message.length > largestMessage)
      throw new AwsError('ValidationException', 'Member must have length less than or equal to 4096');
    const Signature = sign(null, message, privateKey).toString('base64');
    return jsonAnswer({ KeyId: key.arn, Signature, SigningAlgorithm });
  },
});

function parsed<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  throw new AwsError('ValidationException', `The local run can't read this: ${result.error.message}`);
}

/** The key with that id, created on first use. */
function privateKeyIn(folder: string, id: string): KeyObject {
  const file = join(folder, `${id}.pem`);
  if (!existsSync(file)) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const { privateKey } = generateKeyPairSync('ed25519');
    writeFileSync(file, privateKey.export({ format: 'pem', type: 'pkcs8' }), { mode: 0o600 });
  }
  try {
    return createPrivateKey(readFileSync(file));
  } catch (cause) {
    throw new LocalProblem(`${file}, a signing key, is damaged. Run "npm run reset".`, { cause });
  }
}
