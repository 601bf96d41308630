import { randomUUID } from 'node:crypto';
import { type AwsAnswer, xmlAnswer, xmlText } from '../http/answer.ts';
import type { Session } from '../iam/sessions.ts';

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
