import type { ControlPlane } from '../table/scope.ts';
import { ListPosition, organizationsAfter } from './directory.service.ts';
import type { Listed } from './directory-rows.service.ts';
import type { OrganizationListQuery } from './organization.schema.ts';
import { organizationsFound, TermPosition } from './search.service.ts';
import { searchedWords } from './words.ts';

/**
 * The super admin's list, as the query asks for it, after `position` (text of a row's own); at most `limit`. A search that asks for no
 * order comes in the order of the words found, and costs the same however many organizations there are; so does the whole list.
 */
export async function listOrganizations(
  plane: ControlPlane,
  {
    search,
    status,
    plan,
    onboarding,
    endsWithinDays,
    sort,
    direction,
  }: Omit<OrganizationListQuery, 'limit' | 'cursor'>,
  { position, limit, now }: { position: string | undefined; limit: number; now: Date },
): Promise<Listed[]> {
  const words = search === undefined ? [] : searchedWords(search);
  const today = now.toISOString().slice(0, 10);
  const filter = { words, status, plan, onboarding, endsWithinDays, today };
  const at: unknown = position === undefined ? undefined : JSON.parse(position);
  if (words.length > 0 && sort === undefined)
    return await organizationsFound(
      plane,
      filter,
      at === undefined ? undefined : TermPosition.parse(at),
      limit,
    );
  const view = { ...filter, sort: sort ?? 'name', direction } as const;
  return await organizationsAfter(plane, view, at === undefined ? undefined : ListPosition.parse(at), limit);
}
