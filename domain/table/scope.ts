import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { type OrganizationId, PLATFORM } from '../ids.ts';

/**
 * The right to read and write one organization's items: its id, and a client that can reach nothing else.
 * Entities build every key from it, so code without a scope can't name another organization's data.
 */
export interface OrganizationScope {
  readonly organizationId: OrganizationId;
  readonly client: DynamoDBDocumentClient;
  readonly table: string;
}

/** Opens one organization under credentials that AWS limits to it. */
export type OpenOrganization = (organizationId: OrganizationId) => OrganizationScope;

/**
 * The super admin's way across organizations: platform partitions, the directory, and an organization's
 * founding items (`partitionPatterns.controlPlane`). It is the product's one host bypass, and carries its own
 * IAM policy.
 */
export interface ControlPlane {
  readonly client: DynamoDBDocumentClient;
  readonly table: string;
}

/** The platform's own partitions, under the control plane's credentials. */
export const platformScope = (plane: ControlPlane): OrganizationScope => withinOrganization(plane, PLATFORM);

/** An organization's founding items, under the control plane's credentials. */
export const withinOrganization = (
  { client, table }: ControlPlane,
  organizationId: OrganizationId,
): OrganizationScope => ({ organizationId, client, table });
