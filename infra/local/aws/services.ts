import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { LocalProblem } from '../problem.ts';
import { dynamodbGate } from './dynamodb/gate.ts';
import { keySchemasOf } from './dynamodb/requests.ts';
import { type EngineClient, engineClient } from './engine/client.ts';
import { startEngine } from './engine/engine.ts';
import { prepareTables, sweepExpired } from './engine/table.ts';
import { type BusLog, eventBridge, type LoggedEvent, openBusLog } from './event-bridge.ts';
import { type EventRules, startEventRules } from './event-rules.ts';
import { type EventSources, startEventSources } from './event-sources.ts';
import { type AwsService, startEndpoint } from './http/endpoint.ts';
import { type Authorize, createAuthorizer } from './iam/authorizer.ts';
import { createRoles, createSessions, type Roles, type Sessions } from './iam/sessions.ts';
import { kms } from './kms.ts';
import { lambdaService } from './lambda.ts';
import { type DeadLetter, openQueues, type Queues } from './queues.ts';
import type { AwsResources, FunctionOutcome } from './resources.ts';
import { s3 } from './s3.ts';
import { createObjectStore, type ObjectStore } from './s3-objects.ts';
import type { ScheduleResult, ScheduleStatus } from './scheduler.ts';
import {
  deploymentSecrets,
  resolveSecret,
  type Secret,
  secretArnPrefix,
  secretsManager,
} from './secrets-manager.ts';
import { type Mailbox, openMailbox, type SentMail, ses } from './ses.ts';
import { notePast } from './streams/checkpoints.ts';
import type { ConsumerStatus } from './streams/consumer.ts';
import { type Failure, latestFailures } from './streams/failures.ts';
import { createWriteSignal, type WriteSignal } from './streams/write-signal.ts';
import { sts } from './sts/sts.ts';

export interface AwsServicesOptions {
  readonly resources: AwsResources;
  readonly stateDirectory: string;
  /** Values of the secrets that exist outside of the template, by name. */
  readonly secrets: Readonly<Record<string, string>>;
  /** Invokes a function. Rejects only if it could not be run at all. */
  readonly invoke: (functionArn: string, event: unknown) => Promise<FunctionOutcome>;
  /** `MTCMS_DYNAMODB_ENDPOINT`: another DynamoDB instead of our own engine. */
  readonly dynamodbEndpoint?: string | undefined;
  /** Wraps IAM's decisions, for tests of what holds without them. */
  readonly aroundIam?: ((authorize: Authorize) => Authorize) | undefined;
  /** Called with one line per problem after startup. */
  readonly onProblem?: (message: string) => void;
  /** Milliseconds before a stream batch is tried again the first time. */
  readonly firstBackOff?: number;
}

/** An access key of a role's session, as the SDK reads it from the environment. */
interface IssuedCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

/** AWS as the deployment's functions reach it, and its state for the console. */
export interface AwsServices {
  /** Value of every AWS_ENDPOINT_URL_<SERVICE>. */
  readonly endpoint: string;
  /** DynamoDB without IAM: for the runner's own work, never for a function. */
  readonly engineEndpoint: string;
  /** A key for a function's own role, as Lambda puts it into the function's environment. */
  issueCredentials(roleArn: string, functionName: string): Promise<IssuedCredentials>;
  /** Records that everything written so far is example data, dated by its items. */
  notePast(): Promise<void>;
  /** Starts stream consumers and schedules; they call `invoke`. */
  startEventSources(): Promise<void>;
  consumers(): ConsumerStatus[];
  /** The latest records given up, newest first. */
  failures(): Promise<Failure[]>;
  /** The latest events put on the buses, oldest first. */
  busEvents(): readonly LoggedEvent[];
  /** The content of the dead-letter queues, oldest first. */
  deadLetters(): readonly DeadLetter[];
  /** The emails that SES has accepted, newest first. */
  sentMails(): readonly SentMail[];
  schedules(): ScheduleStatus[];
  /** Runs a schedule now, by its name or logical id. */
  runSchedule(name: string): Promise<ScheduleResult>;
  /** Resolves a reference to a secret in a string of the template. */
  resolveSecret(text: string): string;
  /** Stops the event sources first: the functions they invoke need the rest. */
  stop(): Promise<void>;
}

/** Starts the AWS side of the local run. If a step fails, everything started before is stopped. */
export async function startAwsServices(options: AwsServicesOptions): Promise<AwsServices> {
  await using started = new AsyncDisposableStack();
  const { resources, stateDirectory } = options;
  mkdirSync(stateDirectory, { recursive: true });
  const engine = await startEngine({
    stateDirectory,
    endpoint: options.dynamodbEndpoint,
    onUnexpectedEnd: (message) => options.onProblem?.(message),
  });
  started.defer(() => engine.stop());
  const client = engineClient(engine.endpoint);
  started.defer(() => client.close());
  const streams = await prepareTables(resources.tables, engine, client);

  const sessions = createSessions();
  const { aroundIam = (authorize: Authorize) => authorize } = options;
  const tools: Tools = {
    client,
    sessions,
    roles: createRoles(resources.roles, resources.account, sessions),
    authorize: aroundIam(createAuthorizer(resources.account)),
    queues: openQueues(join(stateDirectory, 'queues')),
    mailbox: openMailbox(stateDirectory),
    store: createObjectStore(join(stateDirectory, 's3'), resources.buckets),
    log: openBusLog(join(stateDirectory, 'bus'), resources.buses),
    signal: createWriteSignal(),
    secrets: deploymentSecrets(resources, options.secrets, join(stateDirectory, 'secrets.json')),
  };
  const { authorize } = tools;
  const lambda = lambdaService({ ...resources, ...options, authorize, giveUp: burial(resources, tools) });
  const rules = rulesOf(options, tools);
  started.defer(() => rules.stop());
  const endpoint = await startEndpoint({ ...serviceTable(options, tools, rules), lambda }, sessions);
  started.defer(() => endpoint.stop());
  // Stopped before the endpoint, which its functions need.
  started.defer(() => lambda.stop());
  started.defer(sweepExpired(client, resources.tables, tools.signal));

  let sources: EventSources | undefined;
  started.defer(() => sources?.stop());
  const running = started.move();
  const start = () =>
    startEventSources({
      ...tools,
      resources,
      streams,
      stateDirectory,
      invoke: options.invoke,
      firstBackOff: options.firstBackOff ?? 200,
    });
  return {
    endpoint: endpoint.url,
    engineEndpoint: engine.endpoint,
    issueCredentials: (roleArn, functionName) =>
      tools.roles.assumeAsService('lambda.amazonaws.com', roleArn, functionName),
    notePast: () => notePast(stateDirectory, streams.values()),
    async startEventSources() {
      sources ??= await start();
    },
    consumers: () => sources?.consumers.map((consumer) => consumer.status()) ?? [],
    failures: () => latestFailures(tools.store, failureBuckets(resources)),
    busEvents: () => tools.log.latest(),
    deadLetters: () => tools.queues.letters(),
    sentMails: () => tools.mailbox.mails(),
    schedules: () => sources?.scheduler.status() ?? [],
    resolveSecret: (text) => resolveSecret(tools.secrets, text),
    runSchedule: (name) => startedSources(sources).scheduler.runNow(name),
    stop: () => running.disposeAsync(),
  };
}

const rulesOf = (
  { resources, invoke, firstBackOff = 200, onProblem }: AwsServicesOptions,
  tools: Tools,
): EventRules =>
  startEventRules({
    ...{ ...resources, ...tools, invoke, firstBackOff, onProblem },
    resolveSecret: (text) => resolveSecret(tools.secrets, text),
  });

/** Sends events to their functions' dead-letter queues, with the functions' own roles. */
const burial =
  ({ functions }: AwsResources, { roles, authorize, queues }: Tools) =>
  async (functionArn: string, body: unknown, problem: string): Promise<void> => {
    const failed = functions.find(({ arn, aliasArn }) => [arn, aliasArn].includes(functionArn));
    if (failed?.deadLetterArn === undefined) return;
    const { name, roleArn, deadLetterArn } = failed;
    const caller = await roles.assumeAsService('lambda.amazonaws.com', roleArn, name);
    await authorize(caller, { action: 'sqs:SendMessage', resource: deadLetterArn });
    queues.send(deadLetterArn, { body, problem });
  };

function startedSources(sources: EventSources | undefined): EventSources {
  if (sources === undefined) throw new LocalProblem('The schedules have not been started yet.');
  return sources;
}

interface Tools {
  readonly client: EngineClient;
  readonly sessions: Sessions;
  readonly roles: Roles;
  readonly authorize: Authorize;
  readonly store: ObjectStore;
  readonly queues: Queues;
  readonly mailbox: Mailbox;
  readonly log: BusLog;
  readonly signal: WriteSignal;
  readonly secrets: readonly Secret[];
}

/** The services, by their name in a signature's credential scope. */
function serviceTable(
  { resources, stateDirectory }: AwsServicesOptions,
  tools: Tools,
  { take }: EventRules,
): Record<string, AwsService> {
  const { client, sessions, roles, authorize, store, log, signal, secrets, mailbox } = tools;
  const { account, region, buses, tables, identityProviders, locks, keys, othersBuckets } = resources;
  return {
    dynamodb: dynamodbGate({
      engine: client,
      authorize,
      keySchemas: keySchemasOf(tables),
      onWrite: () => signal.notify(),
    }),
    sts: sts({ account, authorize, sessions, findRole: (arn) => roles.find(arn), identityProviders }),
    secretsmanager: secretsManager({
      authorize,
      secrets,
      arnPrefix: secretArnPrefix(resources),
    }),
    events: eventBridge({ region, account, buses, authorize, log, take }),
    s3: s3({ authorize, store, locks, account, othersBuckets }),
    kms: kms({ authorize, keys, folder: join(stateDirectory, 'keys') }),
    ses: ses({ ...{ account, region, authorize, mailbox, take }, ...resources.mail }),
  };
}

const failureBuckets = ({ mappings }: AwsResources): string[] => [
  ...new Set(mappings.flatMap(({ failureBucket }) => (failureBucket === undefined ? [] : [failureBucket]))),
];
