import type { TableShape } from './engine/table.ts';
import type { Role } from './iam/role.ts';
import type { Schedule } from './schedules/scheduler.ts';
import type { SecretRecipe } from './secrets/secret-store.ts';
import type { Mapping } from './streams/mapping.ts';

/** What the stand-ins must know of a deployment, every reference resolved. */
export interface AwsResources {
  readonly region: string;
  readonly account: string;
  readonly tables: readonly TableResource[];
  readonly roles: readonly Role[];
  readonly functions: readonly { readonly name: string; readonly arn: string; readonly roleArn: string }[];
  readonly mappings: readonly Mapping[];
  readonly schedules: readonly Schedule[];
  /** Names. */
  readonly buses: readonly string[];
  /** Names. */
  readonly buckets: readonly string[];
  /** Secrets that the template makes. */
  readonly secrets: readonly { readonly name: string; readonly arn: string; readonly recipe: SecretRecipe }[];
}

export interface TableResource {
  readonly arn: string;
  readonly streamArn: string | undefined;
  readonly shape: TableShape;
  readonly timeToLiveAttribute: string | undefined;
}
