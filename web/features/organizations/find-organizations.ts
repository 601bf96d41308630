import { organizationsRoutes } from '../../../functions/http/organization/platform-routes.ts';
import type { Found, Wanted } from '../../lib/feature.ts';

const most = 6;

/** Organizations by words of their name, their contact's address, or their external id. */
export async function findOrganizations({ api, words, signal }: Wanted): Promise<readonly Found[]> {
  const { items } = await api(organizationsRoutes.listOrganizations, {
    query: { search: words, limit: most },
    signal,
  });
  return items.map(({ id, name }) => ({ id, label: name, to: `/admin/organizations/${id}` }));
}
