import { eventually, superAdminEmail, type TestProduct } from './product.ts';

/** An entry as in the API's response. */
export interface Entry {
  readonly id: string;
  readonly action: string;
  readonly resource: string;
  readonly userId: string;
  readonly actorName: string | null;
  readonly role: string;
  readonly organizationId: string;
  readonly timestamp: string;
  readonly changes: readonly {
    readonly field: string;
    readonly before?: unknown;
    readonly after?: unknown;
  }[];
}

/** Users of two seeded organizations: tokens for each role of `home`, and the id of a `foreign` user. */
export async function people(product: TestProduct) {
  const superAdmin = await product.signIn(superAdminEmail);
  const admin = await product.signIn('amara.abara@northwind.example');
  const home: string = (await product.api('/api/me', { token: admin })).body.organization.id;
  const path = `/api/organizations/${home}/users?limit=100`;
  const users: { role: string; email: string }[] = (await product.api(path, { token: admin })).body.items;
  const emailOf = (role: string) => users.find((user) => user.role === role)?.email ?? '';
  const found = await product.api('/api/admin/organizations?search=bluebird', { token: superAdmin });
  return {
    superAdmin,
    admin,
    leader: await product.signIn(emailOf('team_leader')),
    member: await product.signIn(emailOf('team_member')),
    home,
    foreign: String(found.body.items[0].id),
  };
}

/** Entries of an organization's audit log. */
export async function trailOf(
  product: TestProduct,
  token: string,
  organizationId: string,
  query: string,
): Promise<Entry[]> {
  const { status, body } = await product.api(`/api/organizations/${organizationId}/audit?${query}`, {
    token,
  });
  if (status !== 200) throw new Error(`the trail answers ${status} ${body.title}`);
  return body.items;
}

/** The same, once there are any: entries are written after the change. */
export const written = (...[product, token, organizationId, query]: Parameters<typeof trailOf>) =>
  eventually(async () => {
    const entries = await trailOf(product, token, organizationId, query);
    return entries.length > 0 && entries;
  }, `an entry for ${query}`);
