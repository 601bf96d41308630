import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { App, RemovalPolicies, RemovalPolicy, Tags, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import * as z from 'zod';
import { BackupCopyStack, BackupStack } from './stacks/backup-stack.ts';
import { DataStack } from './stacks/data-stack.ts';
import { EdgeStack } from './stacks/edge-stack.ts';
import { MonitoringStack } from './stacks/monitoring-stack.ts';
import { PipelineStack } from './stacks/pipeline-stack.ts';
import { ServiceStack } from './stacks/service-stack.ts';
import { WebStack } from './stacks/web-stack.ts';
import { assertAccount, assertNamed, defaultStage, readStage } from './stage.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

export interface AppOptions {
  /** Overrides the context value `stage`. */
  readonly stage?: string;
  /** Overrides the context of `cdk.json`. */
  readonly context?: Readonly<Record<string, unknown>>;
  /** Where the cloud assembly is written. Default: `CDK_OUTDIR`, else a new temporary directory. */
  readonly outputDirectory?: string;
  /** The account of the credentials in use. Default: `CDK_DEFAULT_ACCOUNT`, which the command line sets. */
  readonly account?: string;
  /** The built web app. Default: `web/dist`. */
  readonly webDirectory?: string;
}

/**
 * The app, not yet synthesized. Reads `cdk.json` itself, so that it works without the CDK command line, whose
 * `-c` takes precedence. `synth()` throws if cdk-nag has a finding that isn't acknowledged.
 * @throws ConfigurationError about a stage's settings (see `readStage`), credentials without a named stage or
 * of another account, or a missing build of the web app
 */
export const buildApp = (options: AppOptions = {}): App => {
  const app = new App({
    context: { ...cdkJson().context, ...options.context },
    ...(options.outputDirectory && { outdir: options.outputDirectory }),
    analyticsReporting: false,
  });
  const account = options.account ?? process.env.CDK_DEFAULT_ACCOUNT;
  const named = options.stage ?? app.node.tryGetContext('stage');
  if (named === undefined && mayDeploy(app)) assertNamed(account);
  const stage = readStage({ stage: named ?? defaultStage, stages: app.node.tryGetContext('stages') });
  assertAccount(stage, account);
  Validations.of(app).addPlugins(
    new AwsSolutionsChecks(app, { verbose: true }),
    new ServerlessChecks(app, { verbose: true }),
  );
  RemovalPolicies.of(app).apply(stage.disposable ? RemovalPolicy.DESTROY : retain, {
    applyToResourceTypes: resourcesWithData,
  });
  // CloudFormation's schema of a dashboard may not know tags yet.
  const tagged = { excludeResourceTypes: ['AWS::CloudWatch::Dashboard'] };
  Tags.of(app).add('application', 'mtcms', tagged);
  Tags.of(app).add('stage', stage.name, tagged);

  const name = (part: string) => `mtcms-${stage.name}-${part}`;
  const data = new DataStack(app, name('data'), { stage });
  if (stage.github) new PipelineStack(app, name('pipeline'), { stage, from: stage.github });
  if (!stage.disposable) {
    const backup = new BackupStack(app, name('backup'), { stage, table: data.table });
    // The vault must exist before anything is copied into it.
    if (stage.backupCopy) backup.addStackDependency(new BackupCopyStack(app, name('copies'), { stage }));
  }
  const service = new ServiceStack(app, name('service'), { stage, data });
  new MonitoringStack(app, name('monitoring'), { stage, service });
  const edge = new EdgeStack(app, name('edge'), { stage });
  const web = new WebStack(app, name('web'), {
    stage,
    apiDomainName: service.apiDomainName,
    originSecret: data.originSecret,
    webAclArn: edge.webAclArn,
    alarmMail: service.alarmMail,
    webDirectory: options.webDirectory ?? join(root, 'web/dist'),
  });
  web.addStackDependency(edge);
  return app;
};

/** What a failed creation has made is deleted nevertheless: it would block the next attempt. */
const retain = RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE;

/** Whether the CDK command needs the functions' code, which `bootstrap`, `list` and `destroy` don't. */
const mayDeploy = (app: App): boolean =>
  z.array(z.unknown()).default(['**']).parse(app.node.tryGetContext('aws:cdk:bundling-stacks')).length > 0;

/** Retained when a stack is deleted, unless the stage is disposable. */
const resourcesWithData = [
  'AWS::Backup::BackupVault',
  'AWS::DynamoDB::GlobalTable',
  'AWS::Events::Archive',
  'AWS::Events::EventBus',
  'AWS::KMS::Key',
  'AWS::Logs::LogGroup',
  'AWS::S3::Bucket',
  'AWS::SecretsManager::Secret',
];

const cdkJson = () =>
  z
    .object({ context: z.record(z.string(), z.unknown()) })
    .parse(JSON.parse(readFileSync(join(root, 'cdk.json'), 'utf8')));
