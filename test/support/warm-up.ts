import { eventually, newOrganization, superAdminEmail, type TestProduct } from './product.ts';

/**
 * Loads the functions that found an organization: on a busy machine this alone may exceed the timeout,
 * which API Gateway answers with its own 500.
 */
export async function warmUp({ request, signIn }: Pick<TestProduct, 'request' | 'signIn'>): Promise<void> {
  const token = await signIn(superAdminEmail);
  const body = newOrganization('Warm-up', 'admin@warm-up.example');
  await eventually(async () => {
    const { status } = await request('/api/admin/organizations', { token, method: 'POST', body });
    return status === 201 || status === 409;
  }, 'an organization is founded');
}
