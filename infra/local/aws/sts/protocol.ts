import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { type AwsAnswer, AwsError, xmlAnswer, xmlText } from '../http/messages.ts';
import type { Session } from '../iam/sessions.ts';
import type { Role } from '../resources.ts';

/**
 * Source: AWS STS API Reference. `*` and `?` aren't allowed in a tag's value, so a tag can't widen a
 * policy.
 */
export const tagValue = z.string().regex(/^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u);
export const tagKey = z
  .string()
  .regex(/^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/u)
  .regex(/^(?!aws:)/i, 'Tag keys that begin with aws: are reserved.');

/** The parameters that both ways to assume a role have. */
export const roleParameters = {
  RoleArn: z
    .string()
    .regex(/^arn:[\w-]+:iam::\d{12}:role\/[\w+=,.@/-]+$/)
    .max(2048),
  RoleSessionName: z.string().regex(/^[\w+=,.@-]{2,64}$/),
  DurationSeconds: z.coerce.number().int().min(900).max(43_200).default(3600),
};

/** Parses a request's form. Refuses parameters that would have to do something here. */
export function parseForm<Shape extends z.ZodType>(
  form: URLSearchParams,
  shape: Shape,
  { action, refused, more = {} }: { action: string; refused: readonly string[]; more?: object },
): z.infer<Shape> {
  const unknown = refused.find((name) => form.has(name));
  if (unknown !== undefined)
    throw new AwsError('InvalidParameterValue', `The local run's ${action} does not take ${unknown}.`);
  const result = shape.safeParse({ ...Object.fromEntries(form), ...more });
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new AwsError('ValidationError', `${issue?.path.join('.')}: ${issue?.message}`);
}

/** Refuses a session that lasts longer than the role's may. */
export function checkRoleDuration(seconds: number, { maxSessionDuration }: Role): void {
  if (seconds > maxSessionDuration)
    throw new AwsError(
      'ValidationError',
      'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
    );
}

/** Tag keys differ by more than their case. */
export function refuseDuplicates(keys: readonly string[]): void {
  if (new Set(keys.map((key) => key.toLowerCase())).size !== keys.length)
    throw new AwsError(
      'InvalidParameterValue',
      'Duplicate tag keys found. Please note that tag keys are case insensitive.',
    );
}

/** The condition keys that session tags give. */
export const tagContext = (tags: Readonly<Record<string, string>>) => ({
  ...(Object.keys(tags).length === 0 ? {} : { 'aws:TagKeys': Object.keys(tags) }),
  ...Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:RequestTag/${key}`, value])),
});

/** STS's response to an action. */
export const answer = (action: string, result: string): AwsAnswer =>
  xmlAnswer(
    `<${action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><${action}Result>${result}</${action}Result>` +
      `<ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata></${action}Response>`,
  );

/** A new session, as returned by both ways to assume a role. */
export const assumed = ({ accessKeyId, secretAccessKey, sessionToken, expiresAt, arn, userId }: Session) =>
  `<AssumedRoleUser><AssumedRoleId>${userId}</AssumedRoleId><Arn>${xmlText(arn)}</Arn></AssumedRoleUser>` +
  `<Credentials><AccessKeyId>${accessKeyId}</AccessKeyId><SecretAccessKey>${secretAccessKey}</SecretAccessKey>` +
  `<SessionToken>${sessionToken}</SessionToken><Expiration>${new Date(expiresAt).toISOString()}</Expiration></Credentials>`;
