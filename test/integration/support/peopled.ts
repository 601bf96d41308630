import { newOrganization, type TestProduct } from '../../support/product.ts';

/** The day (UTC) some days ago. */
export const daysAgo = (days: number): string =>
  new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);

/**
 * An organization whose admin, leader and members have joined; the leader leads a team with one of the
 * members.
 */
export async function peopled(product: TestProduct, superAdmin: string) {
  const created = await product.api('/api/admin/organizations', {
    token: superAdmin,
    method: 'POST',
    body: newOrganization('Peopled', 'ada@peopled.example'),
  });
  const id = String(created.body.id);
  const base = `/api/organizations/${id}`;
  const join = async (email: string) => {
    await product.accept(email);
    const token = await product.signIn(email);
    const { body } = await product.api('/api/me', { token });
    return { email, token, userId: String(body.user.userId) };
  };
  const admin = await join('ada@peopled.example');
  const invite = async (email: string, role: string) => {
    await product.api(`${base}/invitations`, {
      token: admin.token,
      method: 'POST',
      body: { email, name: email.split('@')[0], role },
    });
    return await join(email);
  };
  const leader = await invite('lea@peopled.example', 'team_leader');
  const member = await invite('mia@peopled.example', 'team_member');
  const outsider = await invite('oli@peopled.example', 'team_member');
  const post = async (path: string, body: unknown) =>
    (await product.api(`${base}${path}`, { token: admin.token, method: 'POST', body })).body;
  const team = await post('/teams', { name: 'North', leaderId: leader.userId });
  const other = await post('/teams', { name: 'South' });
  await product.api(`${base}/teams/${team.id}/members/${member.userId}`, {
    token: admin.token,
    method: 'PUT',
    body: { role: 'member' },
    headers: { 'if-match': `"${team.revision}"` },
  });
  const kpi = await post('/kpis', {
    name: 'Deliveries on time',
    unit: '%',
    direction: 'up',
    baseline: 0,
    target: 100,
    period: { start: daysAgo(30), end: daysAgo(-30) },
    owner: { kind: 'team', teamId: team.id },
    assigneeIds: [member.userId],
  });
  await product.api(`${base}/kpis/${kpi.id}/check-ins`, {
    token: member.token,
    method: 'POST',
    body: { value: 60 },
  });
  return { id, base, admin, leader, member, outsider, team, other, kpi };
}

export type Peopled = Awaited<ReturnType<typeof peopled>>;

/**
 * Signs all users in again: a session's token lasts a minute, and on a busy machine a test may take longer.
 */
export async function signInAgain(product: TestProduct, place: Peopled): Promise<void> {
  const people = [place.admin, place.leader, place.member, place.outsider];
  for (const person of people) person.token = await product.signIn(person.email);
}
