import * as z from 'zod';
import { plans } from '../domain/subscription/subscription.schema.ts';

/** The default stage. It runs on one machine and is never deployed. */
export const defaultStage = 'local';

const httpUrl = z
  .url({ protocol: /^https?$/, error: 'must be a URL like https://example.com', abort: true })
  .refine((url) => !url.endsWith('/'), { error: 'must not end with a slash', abort: true });

const origin = httpUrl.refine(
  (url) => new URL(url).origin === url,
  'must be an origin: scheme, host and port, nothing after it',
);

const secretName = z.string().regex(/^[\w/+=.@-]{1,512}$/, 'must be the name of a secret in Secrets Manager');

/**
 * A publishable key is `pk_test_` or `pk_live_` and, in base64, the host of Clerk's Frontend API and a `$`.
 */
const publishableKey = z
  .string()
  .regex(/^pk_(test|live)_[A-Za-z0-9+/=]+$/, 'must be the pk_test_… or pk_live_… key of the Clerk dashboard')
  .refine((key) => frontendApiHost(key) !== undefined, 'holds no host: was it copied whole?');

const sender = /^(?:[\w .,'&-]{1,60} <([^\s<>@]+@[^\s<>@]+)>|([^\s<>@]+@[^\s<>@]+))$/;

/** The address that a mail is from, in lower case. */
export const addressOf = (mailFrom: string): string => {
  const [, named, plain = ''] = sender.exec(mailFrom) ?? [];
  return (named ?? plain).toLowerCase();
};

const mailFrom = z
  .string()
  .refine(
    (from) => z.email().safeParse(addressOf(from)).success,
    'must be an email address, or a name and <address>',
  );

const accountId = z.string().regex(/^\d{12}$/, 'must be the 12 digits of an AWS account');
const regionName = z
  .string()
  .regex(/^[a-z]{2,4}(-[a-z]+)+-\d$/, 'must be an AWS region, such as eu-central-1');

const settings = z
  .strictObject({
    /** The site's origin. Tokens for another one are refused. */
    origin,
    /** `iss` of the session tokens: Clerk's Frontend API URL. */
    clerkIssuer: httpUrl,
    clerkApiUrl: httpUrl.default('https://api.clerk.com'),
    /** Absent: people sign in with the Clerk stand-in, which exists locally only. */
    clerkPublishableKey: publishableKey.optional(),
    clerkSecretName: secretName,
    clerkWebhookSecretName: secretName,
    /**
     * How super admins enter organizations: `open` as they like; `reasoned` with a reason, for at most 8
     * hours; `consented` when an admin of the organization has granted it.
     */
    supportAccess: z.enum(['open', 'reasoned', 'consented']).default('reasoned'),
    /** Whether webhooks may call this machine's own addresses: in the local run only. */
    webhooksToLocalhost: z.boolean().default(false),
    logLevel: z.enum(['DEBUG', 'INFO', 'WARN', 'ERROR']).default('INFO'),
    /** Where alarms are mailed. Absent: no alarms are created. */
    alarmEmail: z.email('must be an email address').optional(),
    /**
     * Dollars a month from which on, actual or forecast, a mail is sent: docs/cost.md says what to expect.
     */
    monthlyBudget: z.number().min(1).default(100),
    /**
     * What reminders are from: an address, or `Name <address>`, of a domain that is ours. Absent: none are
     * sent.
     */
    mailFrom: mailFrom.optional(),
    /** Where people read the runbook; alarms link to their paragraph of it. */
    runbook: z.string().default('docs/runbook.md'),
    /** Where metering events are sent, docs/billing.md. Absent: they stay on the bus. */
    meteringUrl: httpUrl.optional(),
    /** The secret with what `Authorization` says there. */
    meteringSecretName: secretName.optional(),
    /** CloudFront requires the certificate to be in us-east-1. */
    domain: z
      .strictObject({
        name: z.hostname('must be a host name'),
        certificateArn: z
          .string()
          .regex(/^arn:aws:acm:us-east-1:\d{12}:certificate\//, 'must be an ACM certificate in us-east-1'),
      })
      .optional(),
    /**
     * For how many days audit checkpoints stay where nobody can change or delete them. It can't be undone for
     * what is there. Default: as long as the longest plan keeps entries; a day where data is disposable.
     */
    auditLockDays: z.int().min(1).max(36_500).optional(),
    /** The account and region that the stage is deployed to, and no other. Needed unless it is disposable. */
    account: accountId.optional(),
    region: regionName.optional(),
    /**
     * Uses a table that is there already, such as a restored one, with `LatestStreamArn` of its description.
     */
    table: z
      .strictObject({
        name: z.string().regex(/^[\w.-]{3,255}$/, 'must be the name of a DynamoDB table'),
        streamArn: z.string(),
      })
      .optional(),
    /** How people's requests come to a new version: a tenth first, or all at once, whatever alarms say. */
    rollout: z.enum(['canary', 'atOnce']).default('canary'),
    /** Who deploys the stage: a repository on GitHub, from one of its environments. */
    github: z
      .strictObject({
        repository: z.string().regex(/^[\w.-]+\/[\w.-]+$/, 'must be owner/name'),
        environment: z.string().regex(/^[\w.-]+$/, 'must be the name of an environment'),
      })
      .optional(),
    /** Where a copy of each backup goes: another region, and best another account. */
    backupCopy: z.strictObject({ account: accountId.optional(), region: regionName }).optional(),
    /**
     * How many organizations the stage is made for, by plan: what the API takes of all is computed from it.
     */
    expectedOrganizations: z
      .record(z.enum(plans), z.int('must be a whole number').min(0))
      .default({ starter: 60, growth: 30, enterprise: 10 }),
    /** What the API takes of all callers together, instead of what is computed. */
    throttle: z.strictObject({ perSecond: z.int().min(1), burst: z.int().min(1) }).optional(),
    /** Lambda's quota of concurrent executions in the account and region. Below 1,000 none are reserved. */
    accountConcurrency: z.int().min(10).default(1000),
    /** True: data is deleted with the stacks. For stages without real data. */
    disposable: z.boolean().default(false),
  })
  .check((context) => {
    const { origin, domain, clerkPublishableKey, clerkIssuer, ...rest } = context.value;
    const refuse = (path: string, message: string) =>
      context.issues.push({ code: 'custom', input: context.value, path: [path], message });
    if (domain && origin !== `https://${domain.name}`)
      refuse('origin', `must be https://${domain.name}, the stage's domain`);
    if (rest.webhooksToLocalhost && new URL(origin).hostname !== 'localhost')
      refuse('webhooksToLocalhost', 'is for the local run only: targets must be on the public internet');
    const { meteringUrl, meteringSecretName } = context.value;
    if ((meteringUrl === undefined) !== (meteringSecretName === undefined))
      refuse(
        meteringUrl === undefined ? 'meteringUrl' : 'meteringSecretName',
        'is needed: set both or neither',
      );
    if (meteringUrl?.startsWith('http:') && new URL(meteringUrl).hostname !== 'localhost')
      refuse('meteringUrl', 'must begin with https://');
    if (!clerkPublishableKey && new URL(origin).hostname !== 'localhost')
      refuse('clerkPublishableKey', 'is needed: the Clerk stand-in exists on localhost only');
    if (clerkPublishableKey && clerkIssuer !== `https://${frontendApiHost(clerkPublishableKey)}`)
      refuse(
        'clerkIssuer',
        `must be https://${frontendApiHost(clerkPublishableKey)}, the publishable key's host`,
      );
    const { account, region, table, backupCopy, disposable, alarmEmail } = rest;
    if (!disposable) {
      const real = 'is needed: the stage has real data. A stage without says "disposable": true';
      if (account === undefined) refuse('account', real);
      if (region === undefined) refuse('region', real);
      if (alarmEmail === undefined) refuse('alarmEmail', real);
    }
    if (rest.github && (account === undefined || region === undefined))
      refuse('github', 'needs the stage’s account and region');
    const stream = `:dynamodb:${region ?? ''}:${account ?? ''}:table/${table?.name}/stream/`;
    if (table && !table.streamArn.includes(stream))
      refuse('table.streamArn', `must be the stream of that table, arn:aws${stream}<time>`);
    if (backupCopy && backupCopy.region === region && (backupCopy.account ?? account) === account)
      refuse('backupCopy', 'must be in another region or account than the stage');
  });

const stages = z.record(z.string().regex(/^[a-z][a-z0-9]{1,15}$/), z.unknown());

/**
 * Everything that differs between two deployments of this app. Set in `cdk.json`, context `stages.<name>`.
 */
export type StageSettings = z.output<typeof settings> & { readonly name: string };

/**
 * Reads one stage's settings from the CDK context values `stage` and `stages`.
 * @throws ConfigurationError whose message names the stage, the setting and what it must be.
 */
export const readStage = (context: { stage: unknown; stages: unknown }): StageSettings => {
  const all = stages.safeParse(context.stages);
  if (!all.success)
    throw new ConfigurationError(
      'cdk.json: context "stages" must map names (lower case, 2 to 16 letters or digits) to settings',
    );
  const name = z.string().catch('').parse(context.stage);
  const known = Object.keys(all.data).join(', ');
  if (!Object.hasOwn(all.data, name))
    throw new ConfigurationError(
      `Stage "${name}" is not in cdk.json, context "stages". Known stages: ${known}`,
    );
  const parsed = settings.safeParse(all.data[name]);
  if (parsed.success) return { ...parsed.data, name };
  const problems = parsed.error.issues.map(
    (issue) => `  ${issue.path.join('.') || 'settings'}: ${issue.message}`,
  );
  throw new ConfigurationError(`Stage "${name}" in cdk.json is not usable:\n${problems.join('\n')}`);
};

/** What all stacks of a stage have in common: where they are, and whether they can be deleted. */
export const stackPropsOf = ({ account, region, disposable }: StageSettings) => ({
  ...(account !== undefined && region !== undefined && { env: { account, region } }),
  terminationProtection: !disposable,
});

/**
 * Refuses to go on with credentials of another account than the stage's. Without credentials nothing can be
 * deployed, and the CDK's command line gives no account.
 * @param account of the credentials in use
 * @throws ConfigurationError
 */
export const assertAccount = (stage: StageSettings, account: string | undefined): void => {
  if (stage.account === undefined || !account || account === stage.account) return;
  throw new ConfigurationError(
    `Stage "${stage.name}" belongs to account ${stage.account}, and these credentials are for ${account}. ` +
      'Nothing was deployed. Check with "aws sts get-caller-identity", or correct "account" in cdk.json.',
  );
};

/** The host of Clerk's Frontend API that a publishable key names, e.g. `clerk.example.com`. */
export const frontendApiHost = (key: string): string | undefined => {
  const decoded = Buffer.from(key.replace(/^pk_(test|live)_/, ''), 'base64').toString('latin1');
  return /^([a-z0-9-]+(?:\.[a-z0-9-]+)+)\$$/.exec(decoded)?.[1];
};

/** An error that the person who runs the synthesis can correct; the message says how. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
}
