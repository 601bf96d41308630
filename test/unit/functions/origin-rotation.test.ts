import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  ResourceNotFoundException,
  SecretsManagerClient,
  UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readOriginSecret } from '../../../functions/origin/origin-secret.ts';

vi.mock('node:timers/promises', () => ({ setTimeout: async () => undefined }));

const manager = mockClient(SecretsManagerClient);
const [first, second] = ['a'.repeat(64), 'b'.repeat(64)];
const SecretId = 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:OriginSecret-abcdef';

/** The secret's versions by id, and their stages, as in Secrets Manager. */
let versions: Map<string, string>;
let stages: Map<string, string>;
/**
 * The distribution: the header it sends, how often it was changed, and how often it reports an incomplete
 * deployment.
 */
let cloudfront: { sent: string; changes: number; underWay: number; authorizations: string[] };

const accepted = () => readOriginSecret(versions.get(stages.get('AWSCURRENT') ?? '') ?? '');

const configuration = (value: string) =>
  `<DistributionConfig><Origins><Origin><OriginCustomHeader><HeaderName>X-Origin-Verify</HeaderName><HeaderValue>${value}</HeaderValue></OriginCustomHeader></Origin></Origins><NewSince2027>kept</NewSince2027></DistributionConfig>`;

function answerAsCloudFront(url: string, init: RequestInit = {}): Response {
  const headers = new Headers(init.headers);
  cloudfront.authorizations.push(headers.get('authorization') ?? '');
  if (init.method === 'PUT') {
    if (headers.get('if-match') !== `E${cloudfront.changes}`)
      return new Response('<Error><Code>PreconditionFailed</Code></Error>', { status: 412 });
    const body = String(init.body);
    cloudfront.sent = /<HeaderValue>([^<]*)</.exec(body)?.[1] ?? '';
    if (body !== configuration(cloudfront.sent)) return new Response('', { status: 400 });
    cloudfront.changes += 1;
    return new Response(body, { headers: { etag: `E${cloudfront.changes}` } });
  }
  if (url.endsWith('/config'))
    return new Response(configuration(cloudfront.sent), { headers: { etag: `E${cloudfront.changes}` } });
  const status = cloudfront.underWay-- > 0 ? 'InProgress' : 'Deployed';
  return new Response(
    `<Distribution><Status>${status}</Status>${configuration(cloudfront.sent)}</Distribution>`,
  );
}

beforeEach(() => {
  vi.resetModules();
  for (const [name, value] of Object.entries({
    DISTRIBUTION_ID: 'E1EXAMPLE',
    ORIGIN_HEADER: 'x-origin-verify',
    AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'key',
    AWS_SESSION_TOKEN: 'session',
  }))
    vi.stubEnv(name, value);
  versions = new Map([['v1', JSON.stringify({ current: first, next: second })]]);
  stages = new Map([['AWSCURRENT', 'v1']]);
  cloudfront = { sent: first, changes: 0, underWay: 2, authorizations: [] };
  vi.stubGlobal('fetch', async (url: string, init?: RequestInit) => answerAsCloudFront(url, init));
  manager.reset();
  manager.on(GetSecretValueCommand).callsFake(({ VersionStage, VersionId }) => {
    const id = stages.get(VersionStage);
    if (id === undefined || (VersionId !== undefined && VersionId !== id))
      throw new ResourceNotFoundException({ message: 'no such version', $metadata: {} });
    return { SecretString: versions.get(id) };
  });
  manager.on(PutSecretValueCommand).callsFake(({ ClientRequestToken, SecretString }) => {
    versions.set(ClientRequestToken, SecretString);
    stages.set('AWSPENDING', ClientRequestToken);
    return {};
  });
  manager.on(DescribeSecretCommand).callsFake(() => ({
    VersionIdsToStages: Object.fromEntries(
      [...versions.keys()].map((id) => [
        id,
        [...stages].filter(([, held]) => held === id).map(([stage]) => stage),
      ]),
    ),
  }));
  manager.on(UpdateSecretVersionStageCommand).callsFake(({ MoveToVersionId }) => {
    stages.set('AWSCURRENT', MoveToVersionId);
    return {};
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.unstubAllEnvs();
});

const names = ['createSecret', 'setSecret', 'testSecret', 'finishSecret'] as const;

/** Runs steps of a rotation, and checks after each that the API accepts what CloudFront sends. */
async function rotate(token: string, some: readonly string[] = names, left = 900_000): Promise<void> {
  const { handler } = await import('../../../functions/origin/origin-rotation.ts');
  for (const Step of some) {
    await handler(
      { Step, SecretId, ClientRequestToken: token },
      { getRemainingTimeInMillis: () => (left -= 100_000) },
    );
    const { current, next } = accepted();
    expect([current, next], `after ${Step}`).toContain(cloudfront.sent);
  }
}

describe('a rotation of the origin secret', () => {
  it('makes CloudFront send what the API accepted before, waits for all edges, and lets the old value go', async () => {
    await rotate('v2', names.slice(0, 3));
    expect(cloudfront).toMatchObject({ sent: second, underWay: -1 });
    expect(accepted()).toEqual({ current: first, next: second });
    await rotate('v2', ['finishSecret']);
    const { current, next } = accepted();
    expect(current).toBe(second);
    expect(next).toMatch(/^[\w-]{64}$/);
  });

  it('can be followed by another one, after which the first value and the second are both gone', async () => {
    await rotate('v2');
    const { next } = accepted();
    await rotate('v3');
    expect(cloudfront.sent).toBe(next);
    expect(Object.values(accepted())).not.toContain(first);
    expect(Object.values(accepted())).not.toContain(second);
  });

  it('changes nothing at the first deployment but that there is a next value', async () => {
    versions.set('v1', JSON.stringify({ current: first }));
    await rotate('v2');
    expect(cloudfront).toMatchObject({ sent: first, changes: 0 });
    expect(accepted()).toMatchObject({ current: first, next: expect.stringMatching(/^[\w-]{64}$/) });
  });

  it('comes to the same when each step is done twice', async () => {
    await rotate(
      'v2',
      names.flatMap((name) => [name, name]),
    );
    expect(cloudfront).toMatchObject({ sent: second, changes: 1 });
    expect(stages.get('AWSCURRENT')).toBe('v2');
    expect(versions.size).toBe(2);
  });

  it('is not finished while an edge may still send the old value', async () => {
    cloudfront.underWay = 1000;
    await expect(rotate('v2')).rejects.toThrow('not everywhere yet');
    expect(accepted()).toEqual({ current: first, next: second });
  });

  it('is not finished when a deployment has put the old value back meanwhile', async () => {
    await rotate('v2', ['createSecret', 'setSecret']);
    cloudfront.sent = first;
    await expect(rotate('v2', ['testSecret'])).rejects.toThrow('sends another value');
  });

  it('sends nothing that the API doesn’t know, whatever the pending version says', async () => {
    await rotate('v2', ['createSecret']);
    versions.set('v2', JSON.stringify({ current: 'c'.repeat(64), next: second }));
    await expect(rotate('v2', ['setSecret'])).rejects.toThrow('does not know the value yet');
    expect(cloudfront).toMatchObject({ sent: first, changes: 0 });
  });

  it('stops when somebody else changes the distribution at the same time, or it sends no such header', async () => {
    await rotate('v2', ['createSecret']);
    vi.stubGlobal('fetch', async (url: string, init?: RequestInit) => {
      if (init?.method === 'PUT') cloudfront.changes += 1;
      return answerAsCloudFront(url, init);
    });
    await expect(rotate('v2', ['setSecret'])).rejects.toThrow('412 (PreconditionFailed)');
    vi.stubGlobal('fetch', async () => new Response('<DistributionConfig/>'));
    await expect(rotate('v2', ['setSecret'])).rejects.toThrow('sends no x-origin-verify');
  });

  it('signs what it asks, and no error repeats a value', async () => {
    await rotate('v2');
    for (const authorization of cloudfront.authorizations)
      expect(authorization).toMatch(
        /^AWS4-HMAC-SHA256 Credential=AKIAEXAMPLE\/\d{8}\/us-east-1\/cloudfront\/aws4_request, SignedHeaders=host;x-amz-date;x-amz-security-token, Signature=[0-9a-f]{64}$/,
      );
    cloudfront.sent = first;
    await expect(rotate('v2', ['testSecret'])).rejects.toThrow(/^(?!.*(aaaa|bbbb))/);
  });

  it('takes nothing that Secrets Manager wouldn’t ask', async () => {
    await expect(rotate('v2', ['deleteSecret'])).rejects.toThrow();
  });
});
