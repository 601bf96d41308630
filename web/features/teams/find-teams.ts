import { teamRoutes } from '../../../functions/http/team/routes.ts';
import type { Found, Wanted } from '../../lib/feature.ts';

const most = 6;

/** Finds teams by words of their name. */
export async function findTeams({ api, organizationId, words, signal }: Wanted): Promise<readonly Found[]> {
  const { items } = await api(teamRoutes.listTeams, {
    params: { organizationId },
    query: { search: words, limit: most },
    signal,
  });
  return items.map(({ id, name }) => ({
    id,
    label: name,
    to: `/organizations/${organizationId}/teams/${id}`,
  }));
}
