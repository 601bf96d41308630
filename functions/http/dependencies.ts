import type { SupportStage } from '../../domain/support-access/support-access.schema.ts';
import type { ControlPlane, OpenOrganization, OrganizationScope } from '../../domain/table/scope.ts';
import type { Approvals } from '../approvals/client.ts';
import type { IdentityProvider } from '../clerk/identity-provider.ts';
import type { Log } from '../log.ts';
import type { BatchPager, Pager } from './paging.ts';

/** What the handlers of an organization's routes are made of. */
export interface OrganizationDependencies {
  readonly open: OpenOrganization;
  readonly page: Pager;
  readonly batch: BatchPager;
  readonly provider: IdentityProvider;
  /** Name of the Lambda function that takes audit checkpoints. */
  readonly checkpointsFunction: string;
  /** Names of those that export and erase people's data; absent where nobody may ask for that. */
  readonly personData?: { readonly exports: string; readonly erasures: string };
  /** How the platform's people enter organizations. */
  readonly supportStage: SupportStage;
  /** Which deployment this is: API keys say it. */
  readonly stage: string;
  /** Whether this deployment sends reminders by email. */
  readonly sendsMail?: boolean;
  /** How webhooks are sent; absent where none is made or changed. */
  readonly webhooks?: {
    readonly senderFunction: string;
    /** Whom the roles of organizations' buckets trust. */
    readonly senderRoleArn: string;
    readonly isLocalAllowed: boolean;
  };
  /** What two super admins decide; absent where no super admin's request is answered. */
  readonly approvals?: Approvals;
}

/** What the handlers of the super admin's routes are made of. */
export interface AdminDependencies {
  readonly approvals: Approvals;
  /** Name of the Lambda function that computes usage. */
  readonly usageFunction: string;
  /** Name of the one that compares the table with Clerk. */
  readonly driftFunction: string;
  readonly plane: ControlPlane;
  readonly page: Pager;
  readonly batch: BatchPager;
  readonly provider: IdentityProvider;
  /** How the platform's people enter organizations. */
  readonly supportStage: SupportStage;
}

/** What the handlers of routes without a session are made of. */
export interface PublicDependencies {
  readonly platform: OrganizationScope;
  /** The platform's rounds of audit checkpoints. */
  readonly rounds: OrganizationScope;
  readonly open: OpenOrganization;
  readonly signingSecretId: string;
  /** Of the links that turn mail off; absent where no mail is sent. */
  readonly mailSecretId?: string | undefined;
  readonly log: Log;
}
