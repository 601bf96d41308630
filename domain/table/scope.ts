import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Actor } from '../actor.ts';
import { type OrganizationId, PLATFORM } from '../ids.ts';
import type { Write } from './transaction.ts';

/**
 * The right to read and write one organization's items: its id, and a client that can reach nothing else.
 * Every key is built from it, so code without a scope can't name an organization's data.
 */
export interface OrganizationScope {
  readonly organizationId: OrganizationId;
  readonly client: DynamoDBDocumentClient;
  readonly table: string;
  /**
   * A condition that every change made with this scope has beside its own: of one of the platform's people
   * that their support access is open at that moment.
   */
  readonly whileHolds?: () => Write;
}

/** What a write has to know: in whose organization it is made, on whose behalf, and when. */
export interface Writing {
  readonly scope: OrganizationScope;
  readonly actor: Actor;
  readonly now: Date;
}

/** Opens one organization with credentials that IAM limits to it. */
export type OpenOrganization = (organizationId: OrganizationId) => OrganizationScope;

/**
 * The super admin's access across organizations: platform partitions, the directory, and the items that an
 * organization is created with (`partitionPatterns.controlPlane`). Unlike a tenant's client, its `guard`
 * checks keys against these patterns instead of one organization's prefix, and its IAM policy does the same.
 */
export interface ControlPlane {
  readonly client: DynamoDBDocumentClient;
  readonly table: string;
}

/** The platform's own partitions, with the control plane's credentials. */
export const platformScope = (plane: ControlPlane): OrganizationScope => withinOrganization(plane, PLATFORM);

/** The items that an organization is created with, with the control plane's credentials. */
export const withinOrganization = (
  { client, table }: ControlPlane,
  organizationId: OrganizationId,
): OrganizationScope => ({ organizationId, client, table });
