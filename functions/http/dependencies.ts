import type { SupportStage } from '../../domain/support-access/support-access.schema.ts';
import type { ControlPlane, OpenOrganization, OrganizationScope } from '../../domain/table/scope.ts';
import type { Approvals } from '../approvals/client.ts';
import { type IdentityProvider, identityProvider } from '../clerk/identity-provider.ts';
import type { Log } from '../log.ts';
import {
  type httpSettings,
  outgoingWebhooks,
  personDataFunctions,
  sendsMail,
  trailSettings,
} from '../settings.ts';
import { type BatchPager, batchPager, type Pager, pager } from './paging.ts';

/** Dependencies of handlers for an organization's routes. */
export interface OrganizationDependencies {
  readonly open: OpenOrganization;
  readonly page: Pager;
  readonly batch: BatchPager;
  readonly provider: IdentityProvider;
  /** Name of the Lambda function that takes audit checkpoints. */
  readonly checkpointsFunction: string;
  /** Names of the functions that export and erase personal data; undefined where that can't be requested. */
  readonly personData?: { readonly exports: string; readonly erasures: string };
  /** The stage's policy for support access. */
  readonly supportStage: SupportStage;
  /** The deployment's name, which is part of its API keys. */
  readonly stage: string;
  /** Whether this deployment sends reminders by email. */
  readonly sendsMail?: boolean;
  /** How webhooks are sent; undefined where none can be created or changed. */
  readonly webhooks?: {
    readonly senderFunction: string;
    /** The principal that the roles of organizations' buckets trust. */
    readonly senderRoleArn: string;
    readonly isLocalAllowed: boolean;
  };
  /** Approvals; undefined where super admins aren't served. */
  readonly approvals?: Approvals;
}

/** The dependencies of functions that serve users; they differ in how they open an organization. */
export const dependenciesFor = (
  open: OpenOrganization,
  settings: ReturnType<typeof httpSettings>,
): OrganizationDependencies => ({
  open,
  page: pager(settings.CURSOR_SECRET_ID),
  batch: batchPager(settings.CURSOR_SECRET_ID),
  provider: identityProvider(settings.CLERK_GATEWAY_NAME),
  checkpointsFunction: trailSettings().CHECKPOINTS_FUNCTION_NAME,
  personData: personDataFunctions(),
  supportStage: settings.SUPPORT_ACCESS,
  stage: settings.STAGE,
  sendsMail: sendsMail(),
  webhooks: outgoingWebhooks(),
});

/** Dependencies of handlers for the super admin's routes. */
export interface AdminDependencies {
  readonly approvals: Approvals;
  /** Name of the Lambda function that computes usage. */
  readonly usageFunction: string;
  /** Name of the Lambda function that compares the table with Clerk. */
  readonly driftFunction: string;
  readonly plane: ControlPlane;
  readonly page: Pager;
  readonly batch: BatchPager;
  readonly provider: IdentityProvider;
  /** The stage's policy for support access. */
  readonly supportStage: SupportStage;
}

/** Dependencies of handlers for routes without a session. */
export interface PublicDependencies {
  readonly platform: OrganizationScope;
  /** The platform's rounds of audit checkpoints. */
  readonly rounds: OrganizationScope;
  readonly open: OpenOrganization;
  readonly signingSecretId: string;
  /** For the links that turn email off; undefined where no email is sent. */
  readonly mailSecretId?: string | undefined;
  readonly log: Log;
}
