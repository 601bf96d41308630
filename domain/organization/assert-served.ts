import { AppError } from '../errors.ts';
import type { Organization } from './profile.schema.ts';

/**
 * Throws unless the organization is served at `now`: active, and its plan not past the end of its last day
 * (UTC). Before its first day it is served, so that its admin can set it up.
 */
export function assertServed(
  { status, subscription }: Pick<Organization, 'status' | 'subscription'>,
  now: Date,
): void {
  if (status !== 'active')
    throw new AppError(
      'organization_inactive',
      'This organization is suspended. Ask the platform to reactivate it.',
    );
  const today = now.toISOString().slice(0, 10);
  if (subscription.endDate !== undefined && subscription.endDate < today)
    throw new AppError(
      'subscription_expired',
      `This organization's plan ended on ${subscription.endDate}. Ask the platform to renew it.`,
    );
}
