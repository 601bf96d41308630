import { ArnFormat, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { ServiceFunction } from './service-function.ts';

/** Lets a function read one secret. */
export const allowSecret = (reader: ServiceFunction, arn: string): void =>
  reader.allow({ actions: ['secretsmanager:GetSecretValue'], resources: [arn] });

/** The ARN of a secret that we know by name: Secrets Manager ends it with a hyphen and six characters of its own. */
export const secretByName = (scope: Construct, name: string): string =>
  `${Stack.of(scope).formatArn({ service: 'secretsmanager', resource: 'secret', arnFormat: ArnFormat.COLON_RESOURCE_NAME, resourceName: name })}-??????`;
