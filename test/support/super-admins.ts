import { PLATFORM, UserId } from '../../domain/ids.ts';
import { transact } from '../../domain/table/transaction.ts';
import { superAdminWrites } from '../../domain/user/super-admins.ts';
import { engineOf } from './engine.ts';
import type { TestProduct } from './product.ts';

/** A request to make a user with a unique address a super admin. */
export const newSuperAdmin = (name: string) => ({
  kind: 'super-admin.create',
  input: { email: `${name}@aligno.example`, name },
  reason: 'They take over support.',
});

/** Creates a second super admin by hand, as the first ones are. Returns a session token. */
export async function secondSuperAdmin(
  product: TestProduct,
  { name = 'Marek Novak', email = 'marek.novak@aligno.example' } = {},
): Promise<string> {
  const [firstName = '', lastName = ''] = name.split(' ');
  const { id } = await product.clerk.users.createUser({
    emailAddress: [email],
    firstName,
    lastName,
    publicMetadata: { organizationId: PLATFORM },
    privateMetadata: { description: 'Super admin · Aligno' },
  });
  const { client, TableName: table = '' } = engineOf(product);
  const scope = { organizationId: PLATFORM, client, table };
  const actor = { by: 'system:test', role: 'system', requestId: 'test' } as const;
  const ctx = { scope, actor, now: new Date() };
  await transact(scope, await superAdminWrites(ctx, { userId: UserId.parse(id), name, email }));
  client.destroy();
  return await product.signIn(email);
}

/** Requests an approval as a super admin; returns the request. */
export async function requestAs(product: TestProduct, token: string, body: object) {
  const answer = await product.api('/api/admin/approvals', { token, method: 'POST', body });
  if (answer.status !== 201) throw new Error(`asking answered ${JSON.stringify(answer.body)}`);
  return answer.body;
}

/** Approves a request with its current content. */
export const approveAs = (product: TestProduct, token: string, { id, hash }: { id: string; hash: string }) =>
  product.api(`/api/admin/approvals/${id}/approve`, { token, method: 'POST', body: { hash } });
