import { organizationsRoutes } from '../../../functions/http/organization/platform-routes.ts';
import type { Found, Wanted } from '../../lib/feature.ts';

const most = 6;

/** Finds organizations by name, contact's email address or external id. */
export async function findOrganizations({ api, words, signal }: Wanted): Promise<readonly Found[]> {
  const { items } = await api(organizationsRoutes.listOrganizations, {
    query: { search: words, limit: most },
    signal,
  });
  return items.map(({ id, name }) => ({ id, label: name, to: `/admin/organizations/${id}` }));
}
