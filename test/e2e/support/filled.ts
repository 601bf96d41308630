import { customer } from '../../../infra/local/aws/customer-account.ts';
import { peopleOf } from '../../support/people.ts';
import { eventually, superAdminEmail, type TestProduct } from '../../support/product.ts';
import { desktop, phone } from './shapes.ts';

type Post = (path: string, body: object, token?: string) => Promise<{ readonly id: string }>;

/** Sends what has to succeed. */
const postTo =
  ({ api }: TestProduct, as: string): Post =>
  async (path, body, token = as) => {
    const { status, body: answer } = await api(path, { token, method: 'POST', body });
    if (status < 200 || status > 299) throw new Error(`${path}: ${status} ${JSON.stringify(answer)}`);
    return answer;
  };

/** A comparison with Clerk that found a difference and left it. */
async function compared({ api, clerk }: TestProduct, token: string, userId: string): Promise<void> {
  const webhooks = (mode: string) => api('/clerk/controls', { method: 'POST', body: { webhooks: mode } });
  await webhooks('drop');
  await clerk.users.updateUser(userId, { lastName: 'Castillo-Reyes' });
  await webhooks('deliver');
  const runs = '/api/admin/drift/runs';
  const ask = async () => (await api(runs, { token, method: 'POST', body: { dryRun: true } })).status === 202;
  await eventually(ask, 'a comparison can start');
  const isOver = async () => {
    const [latest] = (await api(runs, { token })).body.items;
    return latest?.dryRun === true && latest.status === 'done';
  };
  await eventually(isOver, 'the comparison is over');
}

/** An organization's connections to other systems: keys, and webhooks of which only the bucket's works. */
async function connected(post: Post, base: string, origin: string) {
  const scopes = ['kpis:read', 'check-ins:write'];
  await post(`${base}/api-keys`, { name: 'Nightly import', scopes });
  await post(`${base}/api-keys`, { name: 'My spreadsheet', owner: 'person', scopes: ['analytics:read'] });
  const { region, roleArn, bucket: name } = customer;
  const bucket = await post(`${base}/outgoing-webhooks`, {
    ...{ name: 'Evidence', kind: 'bucket', from: 'start', bucket: { name, region, roleArn } },
  });
  const webhook = await post(`${base}/outgoing-webhooks`, {
    ...{ name: 'Data warehouse', url: `${origin}/nothing/here`, events: ['comment.*'] },
  });
  return { bucket: bucket.id, webhook: webhook.id };
}

/** A person who was removed, and whose data is to be exported and erased. */
async function removed(product: TestProduct, post: Post, { base, email }: { base: string; email: string }) {
  const people = peopleOf(product, '');
  const address = `robin.hansen@${email.split('@')[1]}`;
  await post(`${base}/invitations`, { name: 'Robin Hansen', email: address, role: 'team_member' });
  await product.accept(address, 'Robin Hansen');
  const [admin, robin] = await Promise.all([people.asPerson(email), people.asPerson(address)]);
  const { status } = await people.change({ base, admin }, robin, 'DELETE');
  if (status !== 200) throw new Error(`Robin Hansen was not removed: ${status}`);
  for (const what of ['export', 'erasure']) await post(`${base}/person-data/${robin.userId}/${what}`, {});
  return robin.userId;
}

/**
 * Adds to the example data what pages show that they lack, and finds one of each thing that pages are about.
 */
export async function filledProduct(product: TestProduct) {
  const { api, signIn, origin } = product;
  const platform = await signIn(superAdminEmail);
  const named = async (path: string, name: string, token: string) =>
    (await api(path, { token })).body.items.find((one: { name: string }) => one.name === name);
  const { id, contactPerson } = await named('/api/admin/organizations', desktop.organization, platform);
  const leaving = await named('/api/admin/organizations', 'Cedar & Finch Studio', platform);
  const closed = await named('/api/admin/organizations', phone.organization, platform);
  const base = `/api/organizations/${id}`;
  const admin = await signIn(contactPerson.email);
  const post = postTo(product, admin);
  const [team, kpi] = await Promise.all([
    named(`${base}/teams`, desktop.team, admin),
    named(`${base}/kpis`, desktop.kpis[0], admin),
  ]);
  const webhooks = await connected(post, base, origin);
  const comment = { text: 'The new shift plan starts to pay off. Let’s look again in two weeks.' };
  await post(`${base}/kpis/${kpi.id}/comments`, comment);
  const access = { reason: 'Ticket 4711: a KPI shows no value since Monday.', minutes: 60 };
  const first = await post(`${base}/support-access`, access, platform);
  await post(`${base}/support-access/${first.id}/end`, {}, platform);
  const changeReason = 'The target has the wrong unit.';
  await post(`${base}/support-access`, { ...access, mode: 'change', changeReason }, platform);
  await post(
    '/api/admin/departures',
    { organizationId: leaving.id, reason: 'The contract has ended.' },
    platform,
  );
  await compared(product, platform, team.leaderId);
  return {
    organization: id,
    team: team.id,
    kpi: kpi.id,
    user: team.leaderId,
    former: await removed(product, post, { base, email: contactPerson.email }),
    ...webhooks,
    leaving: leaving.id,
    adminOfLeaving: leaving.contactPerson.name,
    /** An organization that no super admin has support access to. */
    closed: closed.id,
  };
}

export type Filled = Awaited<ReturnType<typeof filledProduct>>;
