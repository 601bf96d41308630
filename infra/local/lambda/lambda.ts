import { appendFile, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import type { FunctionResource } from '../assembly/functions.ts';
import { place } from '../assembly/references.ts';
import type { FunctionOutcome } from '../aws/resources.ts';
import type { AwsServices } from '../aws/services.ts';
import { LocalProblem } from '../problem.ts';
import { LocalMetrics, type MetricStatus } from './metrics.ts';
import { type FunctionPool, type FunctionStatus, functionPool } from './pool.ts';

export interface Lambda {
  /** Invokes a function. Events beyond its few instances wait. */
  invoke(functionArn: string, event: unknown): Promise<FunctionOutcome>;
  status(): FunctionStatus[];
  /** Metrics of the functions since the start. */
  metrics(): MetricStatus[];
  stop(): Promise<void>;
}

interface LambdaOptions {
  readonly functions: readonly FunctionResource[];
  /** Directory of a function's code, read before each event. */
  readonly codeOf: (resource: FunctionResource) => Promise<string>;
  /** Lazy, because AWS and Lambda need each other: it is available from the first invocation on. */
  readonly aws: () => Pick<AwsServices, 'endpoint' | 'issueCredentials'>;
  readonly logDirectory: string;
  /** Called with one line per problem. */
  readonly onProblem: (message: string) => void;
}

const services = ['DYNAMODB', 'STS', 'SECRETS_MANAGER', 'EVENTBRIDGE', 'S3', 'LAMBDA', 'KMS', 'SESV2'];

/**
 * A function's environment, and the variables that Lambda adds. Endpoints are set with the SDK's own
 * variables.
 */
async function environmentOf(resource: FunctionResource, aws: ReturnType<LambdaOptions['aws']>) {
  const { name, roleArn, memoryMegabytes, environment } = resource;
  const { accessKeyId, secretAccessKey, sessionToken } = await aws.issueCredentials(roleArn, name);
  return {
    ...environment,
    AWS_REGION: place.region,
    AWS_DEFAULT_REGION: place.region,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
    AWS_LAMBDA_FUNCTION_NAME: name,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMegabytes),
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    TZ: ':UTC',
    ...Object.fromEntries(services.map((service) => [`AWS_ENDPOINT_URL_${service}`, aws.endpoint])),
  };
}

/** The deployment's functions, each in its own threads, which start with its first event. */
export function startLambda({ functions, codeOf, aws, logDirectory, onProblem }: LambdaOptions): Lambda {
  mkdirSync(logDirectory, { recursive: true });
  const metrics = new LocalMetrics();
  const pools = new Map<string, FunctionPool>(
    functions.map((resource) => [
      resource.arn,
      functionPool({
        resource,
        code: () => codeOf(resource),
        log: metrics.through(logFile(join(logDirectory, `${resource.title}.log`), onProblem)),
        environment: () => environmentOf(resource, aws()),
      }),
    ]),
  );
  const byAlias = new Map(functions.map(({ arn, aliasArn }) => [aliasArn, arn]));
  return {
    invoke(functionArn, event) {
      const pool = pools.get(byAlias.get(functionArn) ?? functionArn);
      if (pool === undefined) throw new LocalProblem(`The template has no function ${functionArn}.`);
      return pool.invoke(event);
    },
    status: () => [...pools.values()].map((pool) => pool.status()),
    metrics: () => metrics.all(),
    async stop() {
      await Promise.all([...pools.values()].map((pool) => pool.stop()));
    },
  };
}

/**
 * Appends log lines to a file. A failure is reported once until writing works again; it must not end the
 * product, whose data can still be read with a full disk.
 */
export function logFile(file: string, onProblem: (message: string) => void): Writable {
  let failing = false;
  return new Writable({
    write(chunk: Buffer, _encoding, done) {
      appendFile(file, chunk, (error) => {
        if (error !== null && !failing) onProblem(`The log ${file} can't be written: ${error.message}`);
        failing = error !== null;
        done();
      });
    },
  });
}
