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
   * An additional condition of every change made with this scope: for a visiting super admin, that their
   * support access is open.
   */
  readonly whileHolds?: () => Write;
}

/** What a write has to know: in whose organization it is made, on whose behalf, and when. */
export interface Writing {
  readonly scope: OrganizationScope;
  readonly actor: Actor;
  readonly now: Date;
}

/** Opens one organization with credentials limited to it by IAM. */
export type OpenOrganization = (organizationId: OrganizationId) => OrganizationScope;

/**
 * The super admin's access across organizations: platform partitions, the directory, and the items with
 * which an organization is created (`partitionPatterns.controlPlane`). Unlike a tenant's client, its
 * `guard` checks keys against these patterns instead of one organization's prefix, and so does its IAM
 * policy.
 */
export interface ControlPlane {
  readonly client: DynamoDBDocumentClient;
  readonly table: string;
}

/** The platform's own partitions, with the control plane's credentials. */
export const platformScope = (plane: ControlPlane): OrganizationScope => withinOrganization(plane, PLATFORM);

/** The items with which an organization is created, with the control plane's credentials. */
export const withinOrganization = (
  { client, table }: ControlPlane,
  organizationId: OrganizationId,
): OrganizationScope => ({ organizationId, client, table });
