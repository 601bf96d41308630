import { eventually, newOrganization, superAdminEmail, type TestProduct } from './product.ts';

/**
 * Has the functions loaded that found an organization: on a busy machine that alone may take longer than one
 * may run, and API Gateway answers 500 for it, in its own words.
 */
export async function warmUp({ request, signIn }: Pick<TestProduct, 'request' | 'signIn'>): Promise<void> {
  const token = await signIn(superAdminEmail);
  const body = newOrganization('Warm-up', 'admin@warm-up.example');
  await eventually(async () => {
    const { status } = await request('/api/admin/organizations', { token, method: 'POST', body });
    return status === 201 || status === 409;
  }, 'an organization is founded');
}
