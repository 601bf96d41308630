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

/** The sender address of an email, in lower case. */
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
    /** The site's origin. Tokens for other origins are refused. */
    origin,
    /** `iss` of the session tokens: Clerk's Frontend API URL. */
    clerkIssuer: httpUrl,
    clerkApiUrl: httpUrl.default('https://api.clerk.com'),
    /** If absent, users sign in with the Clerk stand-in, which exists locally only. */
    clerkPublishableKey: publishableKey.optional(),
    clerkSecretName: secretName,
    clerkWebhookSecretName: secretName,
    /**
     * How super admins enter organizations: `open`, freely; `reasoned`, with a reason, for at most 8 hours;
     * `consented`, once an admin of the organization has granted it.
     */
    supportAccess: z.enum(['open', 'reasoned', 'consented']).default('reasoned'),
    /** Whether webhooks may call this machine's addresses: only in the local run. */
    webhooksToLocalhost: z.boolean().default(false),
    logLevel: z.enum(['DEBUG', 'INFO', 'WARN', 'ERROR']).default('INFO'),
    /** The recipient of alarms. If absent, no alarms are created. */
    alarmEmail: z.email('must be an email address').optional(),
    /**
     * Monthly cost in dollars, actual or forecast, above which an email is sent. docs/cost.md has the
     * expected cost.
     */
    monthlyBudget: z.number().min(1).default(100),
    /**
     * The sender of reminders: an address, or `Name <address>`, in a domain of ours. If absent, none are
     * sent.
     */
    mailFrom: mailFrom.optional(),
    /** The runbook's URL; alarms link to their section of it. */
    runbook: z.string().default('docs/runbook.md'),
    /** The receiver of metering events, docs/billing.md. If absent, they stay on the bus. */
    meteringUrl: httpUrl.optional(),
    /** The secret with the value of its `Authorization` header. */
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
     * How many days audit checkpoints are locked against change and deletion, irrevocably. Default: as long
     * as the longest plan keeps entries; one day if the stage is disposable.
     */
    auditLockDays: z.int().min(1).max(36_500).optional(),
    /** The only account and region that the stage may be deployed to. Required unless it is disposable. */
    account: accountId.optional(),
    region: regionName.optional(),
    /** Uses an existing table, such as a restored one, with `LatestStreamArn` of its description. */
    table: z
      .strictObject({
        name: z.string().regex(/^[\w.-]{3,255}$/, 'must be the name of a DynamoDB table'),
        streamArn: z.string(),
      })
      .optional(),
    /** How traffic shifts to a new version: 10 % first, or all at once, regardless of alarms. */
    rollout: z.enum(['canary', 'atOnce']).default('canary'),
    /** The source of deployments: a GitHub repository and one of its environments. */
    github: z
      .strictObject({
        repository: z.string().regex(
          // GitHub's tokens name younger repositories with their numbers.
          /^[\w.-]+\/[\w.-]+$|^[\w.-]+@\d+\/[\w.-]+@\d+$/,
          'must be owner/name, or owner@id/name@id',
        ),
        environment: z.string().regex(/^[\w.-]+$/, 'must be the name of an environment'),
      })
      .optional(),
    /** The destination of backup copies: another region, and ideally another account. */
    backupCopy: z.strictObject({ account: accountId.optional(), region: regionName }).optional(),
    /** The expected number of organizations by plan, from which the API's total throttle is computed. */
    expectedOrganizations: z
      .record(z.enum(plans), z.int('must be a whole number').min(0))
      .default({ starter: 60, growth: 30, enterprise: 10 }),
    /** The API's throttle for all callers together, instead of the computed one. */
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

/** Common to all stacks of a stage: their account and region, and whether they can be deleted. */
export const stackPropsOf = ({ account, region, disposable }: StageSettings) => ({
  ...(account !== undefined && region !== undefined && { env: { account, region } }),
  terminationProtection: !disposable,
});

/**
 * Refuses credentials of another account than the stage's. Without credentials, CDK passes no account, and
 * nothing can be deployed.
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

/**
 * Refuses to fall back to the default stage where it could be deployed by mistake.
 * @param account of the credentials in use
 * @throws ConfigurationError
 */
export const assertNamed = (account: string | undefined): void => {
  if (!account) return;
  throw new ConfigurationError(
    `No stage is named, and these credentials could deploy to account ${account}. ` +
      'Nothing was deployed. Add "-c stage=<name>", with a stage of cdk.json.',
  );
};

/** The host of Clerk's Frontend API that a publishable key names, e.g. `clerk.example.com`. */
export const frontendApiHost = (key: string): string | undefined => {
  const decoded = Buffer.from(key.replace(/^pk_(test|live)_/, ''), 'base64').toString('latin1');
  return /^([a-z0-9-]+(?:\.[a-z0-9-]+)+)\$$/.exec(decoded)?.[1];
};

/** An error that the user running the synthesis can correct; the message says how. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
}
