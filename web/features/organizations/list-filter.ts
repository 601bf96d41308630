import { stages } from '../../../domain/onboarding/onboarding.schema.ts';
import { organizationOrders, standings } from '../../../domain/organization/organization.schema.ts';
import { plans } from '../../../domain/subscription/subscription.schema.ts';
import { useFilter } from '../../components/filter-select.tsx';
import { useAddressParameter } from '../../lib/address.ts';
import type { OrganizationFilter } from './queries.ts';

/** In how many days a plan ends that one wants to hear of. */
export const soon = ['30', '90'] as const;
const directions = ['asc', 'desc'] as const;

/** The filter and the order that stand in the address; a value that is none is left out. */
export function useOrganizationFilter(): OrganizationFilter {
  const [search] = useAddressParameter('search');
  const status = useFilter('status', standings);
  const plan = useFilter('plan', plans);
  const onboarding = useFilter('stage', stages);
  const ends = useFilter('ends', soon);
  const sort = useFilter('sort', organizationOrders);
  const direction = useFilter('direction', directions);
  return {
    ...(search.trim() === '' ? {} : { search }),
    ...(status === undefined ? {} : { status }),
    ...(plan === undefined ? {} : { plan }),
    ...(onboarding === undefined ? {} : { onboarding }),
    ...(ends === undefined ? {} : { endsWithinDays: ends }),
    ...(sort === undefined ? {} : { sort }),
    ...(direction === undefined ? {} : { direction }),
  };
}

/** Whether a filter leaves anything out; an order doesn't. */
export const isNarrow = ({ sort: _, direction: __, ...filter }: OrganizationFilter): boolean =>
  Object.keys(filter).length > 0;
