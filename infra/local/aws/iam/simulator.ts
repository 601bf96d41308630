import { runSimulation } from '@cloud-copilot/iam-simulate';
import * as z from 'zod';
import { LocalProblem } from '../../problem.ts';
import type { NamedPolicy, Role } from '../resources.ts';

/** One question to IAM: may this principal do this, under these policies? */
export interface Question {
  /**
   * ARN of a role, of an assumed role's session, or a service principal such as `scheduler.amazonaws.com`.
   */
  readonly principal: string;
  readonly account: string;
  /** e.g. `dynamodb:GetItem`. */
  readonly action: string;
  readonly resource: string;
  /** Condition keys of the request; lists only for multivalued keys. */
  readonly context: Readonly<Record<string, string | readonly string[]>>;
  /** Of the token being exchanged: host, port and path, as in condition keys. */
  readonly issuer?: string;
  readonly identityPolicies: readonly NamedPolicy[];
  /** The resource's own policy: for a role, its trust policy. */
  readonly resourcePolicy?: unknown;
}

export type Decision = 'allowed' | 'explicit deny' | 'no allow';

/**
 * Evaluates policies as IAM does. Only this file imports `@cloud-copilot/iam-simulate`: it is AGPL-3.0, a
 * development tool, and must not reach a deployed asset.
 */
export async function decide(question: Question): Promise<Decision> {
  const { principal, action, resource, account, context } = question;
  const rename = renameFor(question.issuer);
  const contextVariables = Object.fromEntries(
    Object.entries(context).map(([key, value]) => [
      rename(key),
      typeof value === 'string' ? value : [...value],
    ]),
  );
  const result = await runSimulation(
    {
      request: { principal, action, resource: { resource, accountId: account }, contextVariables },
      identityPolicies: question.identityPolicies.map(({ name, document }) => ({ name, policy: document })),
      resourcePolicy: question.resourcePolicy && withKeys(question.resourcePolicy, rename),
      serviceControlPolicies: [],
      resourceControlPolicies: [],
    },
    { simulationMode: 'Strict' },
  );
  if (result.resultType === 'error')
    throw new Error(`IAM can't judge ${action} on ${resource}: ${JSON.stringify(result.errors)}`);
  switch (result.overallResult) {
    case 'Allowed':
      return 'allowed';
    case 'ExplicitlyDenied':
      return 'explicit deny';
    case 'ImplicitlyDenied':
      return 'no allow';
  }
}

/** Condition keys that the stand-ins set as AWS does. A `/` at the end stands for any tag. */
const knownKeys = [
  'aws:PrincipalTag/',
  'aws:RequestTag/',
  'aws:TagKeys',
  'aws:PrincipalArn',
  'aws:PrincipalAccount',
  'aws:SecureTransport',
  'aws:SourceAccount',
  'aws:SourceArn',
  'aws:userid',
  'dynamodb:Attributes',
  'dynamodb:EnclosingOperation',
  'dynamodb:LeadingKeys',
  'dynamodb:ReturnConsumedCapacity',
  'dynamodb:ReturnValues',
  'dynamodb:Select',
  'events:detail-type',
  'events:source',
  'ses:FromAddress',
  'sts:ExternalId',
  'sts:RoleSessionName',
].map((key) => key.toLowerCase());

const statement = z.looseObject({
  Condition: z.record(z.string(), z.record(z.string(), z.unknown())).optional(),
});
const policy = z.looseObject({
  Statement: z.union([z.array(statement), statement.transform((one) => [one])]),
});

/** A claim of an identity token, by its issuer without the scheme: `clerk.example.com:aud`. */
const issuerKey = /^(?!aws:|sts:|saml:)([\w.-]+(?::\d+)?(?:\/[\w./-]*)?):(aud|sub)$/;

/** The simulator gives an action only the keys that AWS's reference lists, and that names this issuer. */
const listedIssuer = 'accounts.google.com';

/** A name for a condition key that the simulator knows. */
type Rename = (key: string) => string;

const renameFor =
  (issuer: string | undefined): Rename =>
  (key) =>
    issuer !== undefined && key.startsWith(`${issuer}:`) ? key.replace(issuer, listedIssuer) : key;

const withKeys = (document: unknown, rename: Rename): unknown =>
  JSON.parse(JSON.stringify(document), (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).map(([key, item]) => [rename(key), item]))
      : value,
  );

const judged = new WeakSet<Role>();

/**
 * Refuses a role whose policies use a condition key that the stand-ins don't set. Some conditions pass when a
 * key is absent, so the gate would allow what AWS denies.
 */
export function assertKnownConditions(role: Role): void {
  if (judged.has(role)) return;
  const documents = [...role.policies.map(({ document }) => document), role.trustPolicy];
  for (const key of documents.flatMap(conditionKeys))
    if (!issuerKey.test(key) && !knownKeys.some((known) => isSame(known, key.toLowerCase())))
      throw new LocalProblem(
        `The role ${role.arn} has a condition on ${key}, which the local run can't judge. Teach it in infra/local/aws/iam/simulator.ts and where the request is read.`,
      );
  judged.add(role);
}

const conditionKeys = (document: unknown): string[] =>
  policy
    .parse(document)
    .Statement.flatMap(({ Condition = {} }) => Object.values(Condition).flatMap((keys) => Object.keys(keys)));

const isSame = (known: string, key: string) => (known.endsWith('/') ? key.startsWith(known) : key === known);
