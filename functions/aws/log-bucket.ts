import type { S3Client } from '@aws-sdk/client-s3';
import type { AwsCredentialIdentity } from '@aws-sdk/types';
import * as z from 'zod/mini';
import type { OrganizationId } from '../../domain/ids.ts';
import type { OpenBucket } from '../../domain/webhook/log-objects.ts';
import { type Attempt, deliveryRoles, type LogBucket } from '../../domain/webhook/webhook.schema.ts';

type Problem = NonNullable<Attempt['problem']>;

/** Errors that a bucket or its role can cause. */
class Refused extends Error {
  override readonly name = 'Refused';
  readonly problem: Problem;

  constructor(problem: Problem, cause?: unknown) {
    super(problem, { cause });
    this.problem = problem;
  }
}

/** The minimum session duration of STS, longer than a run of the sender. */
const sessionSeconds = 900;
// The sender tries again itself, and must not hang.
const patience = {
  maxAttempts: 1,
  requestHandler: { connectionTimeout: 3000, requestTimeout: 10_000, throwOnRequestTimeout: true },
};

// Loaded for the first bucket: most organizations have none.
let loading: ReturnType<typeof load> | undefined;
const clients = () => {
  loading ??= load();
  return loading;
};
async function load() {
  const [s3, sts] = await Promise.all([import('@aws-sdk/client-s3'), import('@aws-sdk/client-sts')]);
  return { s3, sts, client: new sts.STSClient(patience) };
}

/** Assumes the role, with or without an external ID; null if its trust policy refuses. */
async function assume(roleArn: string, externalId?: string): Promise<AwsCredentialIdentity | null> {
  const { sts, client } = await clients();
  const ask = { RoleArn: roleArn, RoleSessionName: deliveryRoles, DurationSeconds: sessionSeconds };
  try {
    const { Credentials: given } = await client.send(
      new sts.AssumeRoleCommand({ ...ask, ExternalId: externalId }),
    );
    const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = given ?? {};
    return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
  } catch (error) {
    if (error instanceof Error && error.name === 'AccessDenied') return null;
    throw error;
  }
}

const problems: Readonly<Record<string, Problem>> = {
  NoSuchBucket: 'no-bucket',
  AccessDenied: 'bucket-denied',
  // Also a bucket that another account owns, and a key of KMS that the role may not use.
  AllAccessDisabled: 'bucket-denied',
  PermanentRedirect: 'wrong-region',
  AuthorizationHeaderMalformed: 'wrong-region',
  IllegalLocationConstraintException: 'wrong-region',
  TimeoutError: 'timeout',
};

/** The status of a response, as in the SDK's errors. */
const Answered = z.object({ $metadata: z.object({ httpStatusCode: z.int() }) });

/** The outcome, as an attempt records it. */
function outcomeOf(error: unknown): Pick<Attempt, 'status' | 'problem'> {
  if (error instanceof Refused) return { problem: error.problem };
  if (!(error instanceof Error)) return { problem: 'unreachable' };
  const problem = problems[error.name];
  if (problem !== undefined) return { problem };
  const answered = Answered.safeParse(error);
  return answered.success ? { status: answered.data.$metadata.httpStatusCode } : { problem: 'unreachable' };
}

/**
 * An organization's bucket, accessed with the role that it provides. The external ID is specific to the
 * organization, so a role of another organization can't be used (AWS IAM, "The confused deputy problem").
 * The SDK derives the host from the region, and redirects aren't followed. A bucket outside the role's
 * account is refused, so a deleted bucket whose name someone else has taken receives nothing.
 */
export function openBucket({ name, region, roleArn }: LogBucket, organizationId: OrganizationId): OpenBucket {
  const where = { Bucket: name, ExpectedBucketOwner: roleArn.split(':')[4] ?? '' };
  let opened: Promise<S3Client> | undefined;

  async function open(checksTrust: boolean): Promise<S3Client> {
    const credentials = await assume(roleArn, organizationId);
    if (credentials === null) throw new Refused('role-denied');
    if (checksTrust && (await assume(roleArn)) !== null) throw new Refused('role-open');
    const { s3 } = await clients();
    return new s3.S3Client({ ...patience, region, credentials });
  }

  /** Runs an operation on the bucket and returns its outcome. */
  async function timed(checksTrust: boolean, work: (client: S3Client) => Promise<unknown>) {
    const started = Date.now();
    try {
      opened ??= open(checksTrust);
      await work(await opened);
      return { status: 200, milliseconds: Date.now() - started };
    } catch (error) {
      opened = undefined;
      return { ...outcomeOf(error), milliseconds: Date.now() - started };
    }
  }

  async function put(client: S3Client, Key: string, Body: string, ContentType: string): Promise<void> {
    const { s3 } = await clients();
    await client.send(new s3.PutObjectCommand({ ...where, Key, Body, ContentType }));
  }

  return {
    put: ({ key, text, checkpoint }, { checksTrust }) =>
      timed(checksTrust, async (client) => {
        await put(client, checkpoint.key, checkpoint.note, 'text/plain; charset=utf-8');
        await put(client, key, text, 'application/jsonl');
      }),
    test: (key) =>
      timed(true, async (client) => {
        const text = JSON.stringify({ organizationId, writtenAt: new Date().toISOString() });
        await put(client, key, text, 'application/json');
        const { s3 } = await clients();
        const { Body } = await client.send(new s3.GetObjectCommand({ ...where, Key: key }));
        if ((await Body?.transformToString()) !== text) throw new Refused('bucket-denied');
      }),
  };
}
