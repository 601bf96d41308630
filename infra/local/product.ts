import type { Server } from 'node:http';
import { join } from 'node:path';
import { httpApi } from './api/gateway.ts';
import { awsResourcesOf } from './assembly/aws-resources.ts';
import { type Deployment, loadDeployment, type TransformTemplate } from './assembly/deployment.ts';
import { distributionOf, siteFilesOf } from './assembly/distribution.ts';
import { type FunctionResource, functionsOf } from './assembly/functions.ts';
import { httpApiOf } from './assembly/http-api.ts';
import { synthesize, synthesizedOrigin } from './assembly/synthesize.ts';
import { withCustomer } from './aws/customer-account.ts';
import { openSecretFile } from './aws/secrets-manager.ts';
import { type AwsServices, type AwsServicesOptions, startAwsServices } from './aws/services.ts';
import { startClerk } from './clerk/clerk.ts';
import { startDistribution } from './cloudfront/distribution.ts';
import { addressRulesOf, firewall } from './cloudfront/firewall.ts';
import { localConsole } from './console/console.ts';
import { openMeter } from './console/meter.ts';
import type { Development } from './development/development.ts';
import { startServer } from './http.ts';
import { startLambda } from './lambda/lambda.ts';
import { LocalProblem } from './problem.ts';
import type { SeedTarget } from './seed/seed.ts';
import { isFirstRun, noteOrigin, onFirstRun } from './state-directory.ts';

export interface ProductOptions {
  /** 0: any free port. */
  readonly port: number;
  /** The directory for all persistent data. */
  readonly stateDirectory: string;
  /** `hold` keeps Clerk's webhooks back until a test releases them. Default: `deliver`. */
  readonly webhooks?: 'deliver' | 'hold';
  /** False: an empty product. */
  readonly seed?: boolean;
  /** A DynamoDB to use instead of the bundled engine. */
  readonly dynamodbEndpoint?: string | undefined;
  readonly transformTemplate?: TransformTemplate;
  /** Directory of the code that a function's next event is for, in place of the template's: for tests. */
  readonly codeOf?: (resource: FunctionResource) => string | undefined;
  /** Wraps IAM's decisions, for tests of what holds without them. */
  readonly aroundIam?: AwsServicesOptions['aroundIam'];
  /** An assembly of `npm run dev`: functions and pages then come from the sources as they are. */
  readonly developmentAssembly?: string | undefined;
  /** True to apply the template's rate limits by address. All clients of this machine share one address. */
  readonly firewall?: boolean;
  /** Milliseconds before the first retry of a failed stream batch. */
  readonly firstBackOff?: number;
  /** Called with each step that takes a while. */
  readonly say?: (step: string) => void;
  /** Called with one line per problem after startup. */
  readonly onProblem?: (message: string) => void;
}

/** The running product. */
export interface Product {
  readonly origin: string;
  /** Clerk's Backend API: its base URL and key. */
  readonly clerk: { readonly url: string; readonly secretKey: string };
  readonly aws: Pick<
    AwsServices,
    'schedules' | 'runSchedule' | 'endpoint' | 'engineEndpoint' | 'issueCredentials'
  >;
  readonly functions: readonly FunctionResource[];
  stop(): Promise<void>;
}

const secretKey = 'sk_test_mtcms_local';
/** The credential in metering events, for the billing system stand-in. */
const authorization = 'Bearer mtcms_local_metering';

/** Clerk's signing secret of this machine, made once. */
function webhookSecret(stateDirectory: string): string {
  const recipe = { passwordLength: 32, excludePunctuation: true, excludeCharacters: '' };
  const { value } = openSecretFile(join(stateDirectory, 'clerk-secrets.json')).obtain('webhook', recipe);
  return `whsec_${Buffer.from(value).toString('base64')}`;
}

/**
 * Runs the synthesized template on this machine. If a step fails, everything already started is stopped.
 * @throws LocalProblem if the user has to do something first
 */
export async function startProduct(options: ProductOptions): Promise<Product> {
  const { stateDirectory, say = () => undefined, onProblem = () => undefined } = options;
  await using started = new AsyncDisposableStack();
  const server = await startServer(options.port, onProblem);
  started.defer(() => server.close());
  const { origin } = server;
  const deployment = loadDeployment({
    directory: options.developmentAssembly ?? (await synthesize(say)),
    origin: { synthesized: synthesizedOrigin, actual: origin },
    transform: options.transformTemplate,
  });
  const empty = await isFirstRun(stateDirectory, options.dynamodbEndpoint === undefined);
  const signingSecret = webhookSecret(stateDirectory);
  const clerkUrl = `${origin}/clerk`;

  const development = await developmentOf(options.developmentAssembly, server.server, say);
  started.defer(() => development?.stop());
  const functions = functionsOf(deployment);
  const lambda = startLambda({
    functions,
    codeOf: async (resource) =>
      options.codeOf?.(resource) ?? (await development?.codeOf(resource.title)) ?? resource.directory,
    aws: () => aws,
    logDirectory: join(stateDirectory, 'logs'),
    onProblem,
  });
  started.defer(() => lambda.stop());
  const resources = withCustomer(awsResourcesOf(deployment));
  const aws = await startAwsServices({
    resources,
    stateDirectory,
    secrets: {
      'mtcms/local/clerk': JSON.stringify({ secretKey }),
      'mtcms/local/clerk-webhook': JSON.stringify({ signingSecret }),
      'mtcms/local/metering': JSON.stringify({ authorization }),
    },
    invoke: lambda.invoke,
    dynamodbEndpoint: options.dynamodbEndpoint,
    aroundIam: options.aroundIam,
    ...(options.firstBackOff === undefined ? {} : { firstBackOff: options.firstBackOff }),
    onProblem,
  });
  started.defer(() => aws.stop());
  const clerk = await clerkFor(options, origin, { signingSecret, sentMails: () => aws.sentMails() });
  started.defer(() => clerk.stop());

  const api = httpApi({ api: httpApiOf(deployment), invoke: lambda.invoke });
  server.open({
    clerk: clerk.handle,
    pages: development?.handle,
    console: consoleOf({ origin, aws, lambda, functions, stateDirectory }),
    api,
    distribution: siteOf(deployment, aws, api, options.firewall === true),
  });
  if (empty && options.seed !== false)
    await onFirstRun(stateDirectory, async () => {
      say('creating example data');
      await fill(aws, resources, { apiUrl: clerkUrl, secretKey, appOrigin: origin });
    });
  await aws.startEventSources();
  started.defer(noteOrigin(stateDirectory, origin));
  const running = started.move();
  return { origin, clerk: { url: clerkUrl, secretKey }, aws, functions, stop: () => running.disposeAsync() };
}

interface ConsoleParts extends Pick<Parameters<typeof localConsole>[0], 'origin' | 'aws' | 'lambda'> {
  readonly functions: readonly FunctionResource[];
  readonly stateDirectory: string;
}

/** The console, with the functions that an operator can run and the billing system stand-in. */
function consoleOf({ functions, stateDirectory, ...parts }: ConsoleParts) {
  const operate = (title: string) => (event: unknown) => parts.lambda.invoke(arnOf(functions, title), event);
  return localConsole({
    ...parts,
    operate: { redrive: operate('redrive'), usage: operate('usage') },
    billing: { meter: openMeter(join(stateDirectory, 'metered.jsonl')), authorization },
  });
}

/** The Clerk stand-in, which notifies the product of account changes. */
const clerkFor = (
  { stateDirectory, webhooks = 'deliver', onProblem = () => undefined }: ProductOptions,
  origin: string,
  parts: Pick<Parameters<typeof startClerk>[0], 'signingSecret' | 'sentMails'>,
) =>
  startClerk({
    ...{ origin, stateDirectory, secretKey, webhooks, onProblem, ...parts },
    webhookUrl: `${origin}/api/webhooks/clerk`,
  });

/**
 * The distribution in front of the API. Secrets in the origin's headers are resolved now, as in a
 * deployment.
 */
function siteOf(
  deployment: Deployment,
  aws: AwsServices,
  api: ReturnType<typeof httpApi>,
  isGuarded: boolean,
) {
  const { originHeaders, ...distribution } = distributionOf(deployment);
  const headers = Object.fromEntries(
    Object.entries(originHeaders).map(([name, value]) => [name, aws.resolveSecret(value)]),
  );
  const files = siteFilesOf(deployment);
  const guard = isGuarded ? firewall(addressRulesOf(deployment)) : undefined;
  return startDistribution({ distribution, files, api, originHeaders: () => headers, firewall: guard });
}

function arnOf(functions: readonly FunctionResource[], title: string): string {
  const found = functions.find((one) => one.title === title);
  if (found === undefined) throw new LocalProblem(`The template has no function ${title}.`);
  return found.arn;
}

/** Imported on demand, because `npm start` needs neither Vite nor the bundler. */
async function developmentOf(
  assembly: string | undefined,
  server: Server,
  say: (step: string) => void,
): Promise<Development | undefined> {
  if (assembly === undefined) return undefined;
  const { startDevelopment } = await import('./development/development.ts');
  return await startDevelopment({ assembly, server, say });
}

/** Writes the example data, dated in the past. */
async function fill(
  aws: AwsServices,
  { tables, region }: ReturnType<typeof awsResourcesOf>,
  clerk: SeedTarget['clerk'],
): Promise<void> {
  // Imported on demand, because the seed loads the domain and Clerk's client.
  const { seedProduct } = await import('./seed/seed.ts');
  const table = tables[0]?.shape.TableName ?? '';
  await seedProduct({ table, region, clerk, dynamodbEndpoint: aws.engineEndpoint, now: new Date() });
  await aws.notePast();
}
