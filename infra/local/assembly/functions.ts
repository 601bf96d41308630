import * as z from 'zod';
import type { Deployment } from './deployment.ts';
import { attributeOf } from './references.ts';

/** A function of the deployment. */
export interface FunctionResource {
  readonly name: string;
  /** Its Powertools service name, used in logs and the console. */
  readonly title: string;
  readonly arn: string;
  /** The ARN of its alias, used by the API and other functions to invoke it. */
  readonly aliasArn?: string | undefined;
  readonly roleArn: string;
  /** Directory of its code; empty in development, where nothing is bundled in advance. */
  readonly directory: string;
  /** `<file without ending>.<export>`. */
  readonly handler: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly memoryMegabytes: number;
  readonly timeoutSeconds: number;
  /** The queue for events that it failed on, if any. */
  readonly deadLetterArn: string | undefined;
}

const lambda = z.looseObject({
  Code: z.looseObject({ S3Key: z.string().optional() }),
  Handler: z.string(),
  Role: z.string(),
  Runtime: z.string(),
  Environment: z.object({ Variables: z.record(z.string(), z.string()) }).default({ Variables: {} }),
  MemorySize: z.number().default(128),
  Timeout: z.number().default(3),
  DeadLetterConfig: z.object({ TargetArn: z.string() }).optional(),
});

const alias = z.looseObject({ FunctionName: z.string(), Name: z.string() });

/**
 * The product's own functions. CDK's helper that copies files at deployment (in Python) isn't needed here.
 */
export const functionsOf = (deployment: Deployment): FunctionResource[] => {
  const aliases = deployment.all('AWS::Lambda::Alias').map(({ properties }) => alias.parse(properties));
  return deployment.all('AWS::Lambda::Function').flatMap((resource) => {
    const { Code, Handler, Role, Runtime, Environment, MemorySize, Timeout, DeadLetterConfig } = lambda.parse(
      resource.properties,
    );
    if (!Runtime.startsWith('nodejs')) return [];
    const name = attributeOf(resource, 'Ref');
    const arn = attributeOf(resource, 'Arn');
    const own = aliases.find(({ FunctionName }) => FunctionName === name);
    return [
      {
        name,
        title: Environment.Variables.POWERTOOLS_SERVICE_NAME ?? name,
        arn,
        aliasArn: own && `${arn}:${own.Name}`,
        roleArn: Role,
        directory: Code.S3Key === undefined ? '' : deployment.assetPath(Code.S3Key),
        handler: Handler,
        environment: Environment.Variables,
        memoryMegabytes: MemorySize,
        timeoutSeconds: Timeout,
        deadLetterArn: DeadLetterConfig?.TargetArn,
      },
    ];
  });
};
