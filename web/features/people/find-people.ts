import { userRoutes } from '../../../functions/http/user/routes.ts';
import type { Found, Wanted } from '../../lib/feature.ts';

const most = 6;

/** Finds people of an organization by parts of their name or email address. */
export async function findPeople({ api, organizationId, words, signal }: Wanted): Promise<readonly Found[]> {
  const { items } = await api(userRoutes.listUsers, {
    params: { organizationId },
    query: { search: words, limit: most },
    signal,
  });
  return items.map(({ userId, name, email }) => ({
    id: userId,
    label: name,
    hint: email,
    to: `/organizations/${organizationId}/users/${userId}`,
  }));
}
