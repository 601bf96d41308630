import * as z from 'zod';
import { LocalProblem } from '../problem.ts';
import type { Role } from './role.ts';

/** Condition keys that the stand-ins give the simulator as AWS would. `/` at the end: with any tag behind it. */
const knownKeys = [
  'aws:PrincipalTag/',
  'aws:RequestTag/',
  'aws:TagKeys',
  'aws:PrincipalArn',
  'aws:PrincipalAccount',
  'aws:SecureTransport',
  'aws:SourceAccount',
  'aws:SourceArn',
  'dynamodb:Attributes',
  'dynamodb:EnclosingOperation',
  'dynamodb:LeadingKeys',
  'dynamodb:ReturnConsumedCapacity',
  'dynamodb:ReturnValues',
  'dynamodb:Select',
  'events:detail-type',
  'events:source',
  'sts:ExternalId',
  'sts:RoleSessionName',
].map((key) => key.toLowerCase());

const statement = z.looseObject({
  Condition: z.record(z.string(), z.record(z.string(), z.unknown())).optional(),
});
const policy = z.looseObject({
  Statement: z.union([z.array(statement), statement.transform((one) => [one])]),
});

const judged = new WeakSet<Role>();

/**
 * Refuses a role whose policies ask for a condition key that the stand-ins don't provide: an absent key makes some
 * conditions pass, so the gate would say yes where AWS says no.
 */
export function assertJudgeable(role: Role): void {
  if (judged.has(role)) return;
  const documents = [...role.policies.map(({ document }) => document), role.trustPolicy];
  for (const key of documents.flatMap(conditionKeys))
    if (!knownKeys.some((known) => isSame(known, key.toLowerCase())))
      throw new LocalProblem(
        `The role ${role.arn} has a condition on ${key}, which the local run can't judge. Teach it in infra/local/aws/iam/judgeable.ts and where the request is read.`,
      );
  judged.add(role);
}

const conditionKeys = (document: unknown): string[] =>
  policy
    .parse(document)
    .Statement.flatMap(({ Condition = {} }) => Object.values(Condition).flatMap((keys) => Object.keys(keys)));

const isSame = (known: string, key: string) => (known.endsWith('/') ? key.startsWith(known) : key === known);
