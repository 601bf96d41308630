import { appendFile, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import type { FunctionResource } from '../assembly/functions.ts';
import { place } from '../assembly/references.ts';
import type { FunctionOutcome } from '../aws/resources.ts';
import type { AwsServices } from '../aws/services.ts';
import { LocalProblem } from '../problem.ts';
import { type Instance, startInstance } from './instance.ts';
import { LocalMetrics, type MetricStatus } from './metrics.ts';

/** What the console shows of a function. */
export interface FunctionStatus {
  readonly title: string;
  readonly instances: number;
  readonly invocations: number;
  readonly errors: number;
  /** Milliseconds that the latest cold starts took to load the bundle, newest first. */
  readonly coldStarts: readonly number[];
}

interface PoolOptions {
  readonly resource: FunctionResource;
  /** Directory of the code that the next event is for: instances that have other code end. */
  readonly code: () => Promise<string>;
  readonly environment: () => Promise<Readonly<Record<string, string>>>;
  readonly log: Writable;
}

interface FunctionPool {
  invoke(event: unknown): Promise<FunctionOutcome>;
  status(): FunctionStatus;
  stop(): Promise<void>;
}

// Enough for a page's requests on two cores; Lambda would start one for each concurrent request.
const mostInstances = 3;
const keptColdStarts = 5;

/** The instances of one function. Each handles one event at a time; a new one starts while all are busy. */
function functionPool({ resource, code, environment, log }: PoolOptions): FunctionPool {
  const instances = new Set<Instance>();
  const waiting: (() => void)[] = [];
  const coldStarts: number[] = [];
  let [invocations, errors, starting] = [0, 0, 0];

  async function begin(directory: string): Promise<Instance> {
    starting += 1;
    try {
      const instance = startInstance({
        resource: { ...resource, directory },
        environment: await environment(),
        log,
        onReady: (milliseconds) =>
          coldStarts.splice(0, coldStarts.length, ...[milliseconds, ...coldStarts].slice(0, keptColdStarts)),
      });
      instances.add(instance);
      void instance.gone.then(() => {
        instances.delete(instance);
        waiting.shift()?.();
      });
      return instance;
    } finally {
      starting -= 1;
    }
  }

  async function acquire(): Promise<Instance> {
    for (;;) {
      const directory = await code();
      const free = [...instances].filter((instance) => instance.free());
      const ready = free.find((instance) => instance.directory === directory);
      if (ready !== undefined) return ready;
      for (const outdated of free) void outdated.stop();
      if (instances.size - free.length + starting < mostInstances) return await begin(directory);
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
  }

  return {
    async invoke(event) {
      invocations += 1;
      const instance = await acquire();
      const outcome = await instance.run(event);
      if (!outcome.ok) errors += 1;
      waiting.shift()?.();
      return outcome;
    },
    status: () => ({ title: resource.title, instances: instances.size, invocations, errors, coldStarts }),
    async stop() {
      await Promise.all([...instances].map((instance) => instance.stop()));
      log.end();
    },
  };
}

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
