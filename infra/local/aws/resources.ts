import * as z from 'zod';

/** A deployment's resources as the stand-ins need them, with all references resolved. */
export interface AwsResources {
  readonly region: string;
  readonly account: string;
  readonly tables: readonly TableResource[];
  readonly roles: readonly Role[];
  readonly identityProviders: readonly IdentityProvider[];
  readonly functions: readonly {
    readonly name: string;
    readonly arn: string;
    readonly aliasArn?: string | undefined;
    readonly roleArn: string;
    readonly deadLetterArn?: string | undefined;
  }[];
  readonly mappings: readonly Mapping[];
  readonly schedules: readonly Schedule[];
  /** Names. */
  readonly buses: readonly string[];
  readonly eventRules: readonly EventRule[];
  readonly apiDestinations: readonly ApiDestination[];
  /** SES's verified senders, and the names of its configuration sets. */
  readonly mail: {
    readonly identities: readonly string[];
    readonly configurationSets: readonly string[];
    /** Those whose bounces and complaints are put on the default bus. */
    readonly told: readonly string[];
  };
  readonly buckets: readonly string[];
  /** Those of the buckets that are in another account. */
  readonly othersBuckets: Readonly<Record<string, { readonly account: string; readonly region: string }>>;
  /** How many days Object Lock keeps an object of a bucket unchanged, in compliance mode. */
  readonly locks: Readonly<Record<string, number>>;
  /** Keys that sign with Ed25519. */
  readonly keys: readonly { readonly id: string; readonly arn: string; readonly policy: unknown }[];
  /** Secrets that the template creates. */
  readonly secrets: readonly { readonly name: string; readonly arn: string; readonly recipe: SecretRecipe }[];
}

export interface TableResource {
  readonly arn: string;
  readonly streamArn: string | undefined;
  readonly shape: TableShape;
  readonly timeToLiveAttribute: string | undefined;
}

/**
 * The result of an invocation: what the function returned, or the error it threw, a timeout or a crash
 * included.
 */
export type FunctionOutcome =
  | { readonly ok: true; readonly payload: unknown }
  | { readonly ok: false; readonly error: { readonly errorType: string; readonly errorMessage: string } };

/** A provider of identity tokens that the account knows. Source: AWS::IAM::OIDCProvider. */
export interface IdentityProvider {
  readonly arn: string;
  /** `iss` of its tokens. */
  readonly url: string;
  /** The audiences that its tokens may be for. */
  readonly clientIds: readonly string[];
}

export interface NamedPolicy {
  readonly name: string;
  readonly document: unknown;
}

/** A role of the deployment, with every policy attached to it, resolved. */
export interface Role {
  readonly arn: string;
  /** AWS's unique id of a role, `AROA…`. */
  readonly id: string;
  readonly trustPolicy: unknown;
  readonly policies: readonly NamedPolicy[];
  readonly tags: Readonly<Record<string, string>>;
  /** Seconds. */
  readonly maxSessionDuration: number;
}

/** A schedule of the deployment. Source: AWS::Scheduler::Schedule. */
export interface Schedule {
  readonly name: string;
  readonly logicalId: string;
  readonly expression: string;
  readonly timeZone: string;
  readonly enabled: boolean;
  readonly targetFunctionArn: string;
  readonly targetRoleArn: string;
  /** JSON text that the target gets. */
  readonly input: string;
  readonly groupArn: string;
}

/** A rule of a bus. Source: AWS::Events::Rule. */
export interface EventRule {
  /** Name of the bus. */
  readonly bus: string;
  /** JSON text. */
  readonly pattern: string;
  readonly targets: readonly {
    /** An API destination, or a function. */
    readonly arn: string;
    /** Of an API destination. */
    readonly roleArn: string | undefined;
    /** The part of the event that it gets; all of it by default. */
    readonly inputPath: string | undefined;
    readonly maximumRetryAttempts: number;
    readonly deadLetterArn: string | undefined;
  }[];
}

/** An address that events are sent to, with its connection's headers. Source: AWS::Events::ApiDestination. */
export interface ApiDestination {
  readonly arn: string;
  /** Its ARN as policies name it: without the id at the end. */
  readonly policyArn: string;
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** How a function is fed from a stream. Source: AWS::Lambda::EventSourceMapping. */
export interface Mapping {
  /** Names the mapping in state files and in the console. */
  readonly id: string;
  readonly functionName: string;
  readonly functionArn: string;
  readonly streamArn: string;
  readonly startingPosition: 'TRIM_HORIZON' | 'LATEST';
  readonly batchSize: number;
  readonly batchingWindowSeconds: number;
  /** Filter patterns as JSON text; a record must match one of them, if there are any. */
  readonly filterPatterns: readonly string[];
  readonly reportBatchItemFailures: boolean;
  readonly bisectOnError: boolean;
  /** -1: without limit. */
  readonly maximumRetryAttempts: number;
  /** -1: without limit. */
  readonly maximumRecordAgeSeconds: number;
  /** Bucket for discarded records. */
  readonly failureBucket: string | undefined;
}

/** How to generate a secret. Source: AWS::SecretsManager::Secret GenerateSecretString. */
export interface SecretRecipe {
  readonly passwordLength: number;
  readonly excludePunctuation: boolean;
  readonly excludeCharacters: string;
  /** The generated text goes under this key of the JSON object `template`. */
  readonly into?: { readonly template: string; readonly key: string } | undefined;
}

const keySchema = z.array(z.object({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) }));

/** The properties that AWS::DynamoDB::GlobalTable and CreateTable have in common. */
export const tableShape = z.object({
  TableName: z.string(),
  AttributeDefinitions: z.array(
    z.object({ AttributeName: z.string(), AttributeType: z.enum(['S', 'N', 'B']) }),
  ),
  KeySchema: keySchema,
  GlobalSecondaryIndexes: z
    .array(
      z.object({
        IndexName: z.string(),
        KeySchema: keySchema,
        Projection: z.object({
          ProjectionType: z.enum(['ALL', 'KEYS_ONLY', 'INCLUDE']),
          NonKeyAttributes: z.array(z.string()).optional(),
        }),
      }),
    )
    .default([]),
  StreamSpecification: z.object({ StreamViewType: z.string() }).optional(),
});
export type TableShape = z.infer<typeof tableShape>;
