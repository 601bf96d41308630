import { join } from 'node:path';
import { type Duration, RemovalPolicy, Stack, Stage } from 'aws-cdk-lib';
import {
  Effect,
  Policy,
  PolicyStatement,
  type PolicyStatementProps,
  Role,
  ServicePrincipal,
} from 'aws-cdk-lib/aws-iam';
import {
  Alias,
  ApplicationLogLevel,
  Architecture,
  CfnFunction,
  Code,
  type IFunction,
  type IVersion,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  SystemLogLevel,
  Tracing,
  Version,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { acknowledge } from '../acknowledge.ts';
import { bundleFunction, type FunctionEntry } from '../bundle/bundle-function.ts';
import { reservedConcurrency } from '../limits.ts';
import type { StageSettings } from '../stage.ts';

export interface ServiceFunctionProps {
  readonly stage: StageSettings;
  readonly entry: FunctionEntry;
  readonly description: string;
  readonly memorySize: number;
  readonly timeout: Duration;
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * A Lambda function with its own log group and role. The role may write that log, and whatever `allow`
 * adds. A managed policy would cover every log group of the account.
 */
export class ServiceFunction extends Construct {
  /** Its name in logs: the last part of its entry's name. */
  readonly service: string;
  readonly role: Role;
  readonly lambda: LambdaFunction;
  #live: Alias | undefined;

  constructor(scope: Construct, id: string, props: ServiceFunctionProps) {
    super(scope, id);
    const { stage, entry, environment, ...settings } = props;
    const logGroup = new LogGroup(this, 'Logs', { retention: RetentionDays.THREE_MONTHS });
    this.role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      description: settings.description,
    });
    this.allow({ actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [logGroup.logGroupArn] });

    tracingOf(Stack.of(this)).attachToRole(this.role);
    this.service = entry.slice(entry.indexOf('/') + 1);
    const reserved = reservedConcurrency(stage, entry);
    this.lambda = new LambdaFunction(this, 'Function', {
      ...settings,
      ...(reserved !== undefined && { reservedConcurrentExecutions: reserved }),
      code: this.code(entry),
      handler: 'index.handler',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      // CDK's constructs would grant more than needed.
      role: this.role.withoutPolicyUpdates(),
      logGroup,
      // Previous versions are kept, so that the alias can be moved back.
      currentVersionOptions: {
        removalPolicy: stage.disposable ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN,
      },
      tracing: Tracing.ACTIVE,
      loggingFormat: LoggingFormat.JSON,
      // Lambda would treat metric lines as INFO and drop them; Powertools filters the product's own.
      applicationLogLevelV2:
        stage.logLevel === 'DEBUG' ? ApplicationLogLevel.DEBUG : ApplicationLogLevel.INFO,
      // No line per start and end: metrics cover that.
      systemLogLevelV2: SystemLogLevel.WARN,
      environment: {
        STAGE: stage.name,
        POWERTOOLS_SERVICE_NAME: this.service,
        POWERTOOLS_LOG_LEVEL: stage.logLevel,
        NODE_OPTIONS: '--enable-source-maps',
        ...environment,
      },
    });
    acknowledge(
      this.lambda,
      'Serverless-LambdaDLQ',
      'Its caller waits for the result, or it reads a stream, whose failures go into a bucket. Scheduled starts have a queue.',
    );
  }

  /** Whether it serves user requests, through `live`. */
  get answersPeople(): boolean {
    return this.#live !== undefined;
  }

  /** The version that serves requests, moved gradually by deployments, see `GradualDeploy`. */
  get live(): Alias {
    if (this.#live !== undefined) return this.#live;
    const version = this.lambda.currentVersion;
    if (!isVersion(version)) throw new Error('The function has no version');
    this.#live = new Alias(this, 'Live', { aliasName: 'live', version });
    return this.#live;
  }

  /** Bundles only when the CDK command line needs the code, so not to list or destroy stacks. */
  private code(entry: FunctionEntry): Code {
    if (!Stack.of(this).bundlingRequired) return Code.fromInline('throw new Error("not bundled");');
    const assembly = Stage.of(this)?.outdir ?? 'cdk.out';
    return Code.fromAsset(bundleFunction(entry, join(assembly, 'bundles', this.service)).directory);
  }

  /** Sends events that were given up to a queue, since no caller waits for the result of a queued event. */
  keepDropped(queue: IQueue): void {
    const resource = this.lambda.node.defaultChild;
    if (!(resource instanceof CfnFunction)) throw new Error('the function has no resource');
    resource.deadLetterConfig = { targetArn: queue.queueArn };
    this.allow({ actions: ['sqs:SendMessage'], resources: [queue.queueArn] });
  }

  /** Adds an Allow statement to the function's role. */
  allow(statement: Pick<PolicyStatementProps, 'actions' | 'resources' | 'conditions'>): void {
    this.role.addToPolicy(new PolicyStatement({ effect: Effect.ALLOW, ...statement }));
  }

  /** Lets it invoke another function and sets that function's name in its environment. */
  letInvoke(other: Pick<IFunction, 'functionArn' | 'functionName'>, nameIn: string): void {
    this.allow({ actions: ['lambda:InvokeFunction'], resources: [other.functionArn] });
    this.lambda.addEnvironment(nameIn, other.functionName);
  }

  /** Lets it read a secret. If only the secret's name is known, the ARN's last six characters aren't. */
  letRead(secret: ISecret): void {
    const resource = secret.secretFullArn ?? `${secret.secretArn}-??????`;
    this.allow({ actions: ['secretsmanager:GetSecretValue'], resources: [resource] });
  }

  /** Adds a Deny statement, which narrows a wider Allow statement. */
  deny(statement: Pick<PolicyStatementProps, 'actions' | 'resources' | 'conditions'>): void {
    this.role.addToPolicy(new PolicyStatement({ effect: Effect.DENY, ...statement }));
  }
}

/**
 * One policy for all functions of a stack, which is limited to 500 resources. Separate from theirs, so that
 * acknowledged findings apply to nothing else.
 */
function tracingOf(stack: Stack): Policy {
  const there = stack.node.tryFindChild('Tracing');
  if (there instanceof Policy) return there;
  const policy = new Policy(stack, 'Tracing', {
    statements: [
      new PolicyStatement({
        actions: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'],
        resources: ['*'],
      }),
    ],
  });
  acknowledge(
    policy,
    'AwsSolutions-IAM5[Resource::*]',
    'The actions of X-Ray don’t support resource-level permissions.',
  );
  return policy;
}

/** CDK's `Version` isn't an `IVersion` under exactOptionalPropertyTypes. */
const isVersion = (version: unknown): version is IVersion => version instanceof Version;
