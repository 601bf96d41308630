import { Scope } from '../../domain/api-key/api-key.schema.ts';
import { written } from '../support/audit-trail.ts';
import { newOrganization, superAdminEmail, type TestProduct } from '../support/product.ts';
import { newSuperAdmin, requestAs, secondSuperAdmin } from '../support/super-admins.ts';
import { warmUp } from '../support/warm-up.ts';

/** The roles in the matrix's order. */
export const callers = ['super_admin', 'org_admin', 'team_leader', 'team_member'] as const;
export type Caller = (typeof callers)[number];

/** One resource of each kind that a path can name. */
export type Ids = Readonly<Record<string, string>>;

/** Two organizations, their users, and their resources. */
export interface World {
  /** A session token with enough time left: tokens expire after a minute. */
  token(caller: Caller): Promise<string>;
  readonly userIds: Readonly<Record<Caller, string>>;
  /** In the callers' organization: resources of the team of the leader and the member. */
  readonly own: Ids;
  /** In the same organization, but of a team that neither is in. */
  readonly other: Ids;
  /** In another organization. */
  readonly foreign: Ids;
  /** Well-formed ids that never existed. */
  readonly absent: Ids;
  /** A key of the callers' organization with every scope. */
  readonly apiKey: string;
  /** The callers' organization, and the other one. */
  readonly home: Home;
  readonly away: Home;
}

const ulid = '01ARZ3NDEKTSV4RRFFQ69G5FAV';
const absent: Ids = {
  organizationId: `org_${ulid}`,
  userId: 'user_neverwas',
  teamId: `team_${ulid}`,
  kpiId: `kpi_${ulid}`,
  initiativeId: `initiative_${ulid}`,
  commentId: `comment_${ulid}`,
  checkInId: `chk_${ulid}`,
  invitationId: `inv_${ulid}`,
  entry: '2026-11-24T12:00:00.000Z~never',
  supportAccessId: `sup_${ulid}`,
  approvalId: `apr_${ulid}`,
  apiKeyId: `key_${ulid}`,
  webhookId: `hook_${ulid}`,
  delivery: '000000000001',
};

/** Posts as a user and returns the body; throws if the resource wasn't created. */
const posting = (product: TestProduct, email: string) => async (path: string, body: unknown) => {
  const token = await product.signIn(email);
  const answer = await product.api(path, { token, method: 'POST', body });
  if (answer.status > 201)
    throw new Error(`POST ${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
  return answer.body;
};

/** An organization with an admin, on the largest plan, so that no limit is reached. */
async function found(product: TestProduct, name: string) {
  const email = `admin@${name}.example`;
  const whole = newOrganization(name, email);
  const subscription = { ...whole.subscription, plan: 'enterprise' };
  const { id } = await posting(product, superAdminEmail)('/api/admin/organizations', {
    ...whole,
    subscription,
  });
  await product.accept(email);
  const token = await product.signIn(email);
  const { body } = await product.api('/api/me', { token });
  return {
    email,
    path: `/api/organizations/${id}`,
    organizationId: String(id),
    userId: String(body.user.userId),
  };
}

export type Home = Awaited<ReturnType<typeof found>>;

/** Invites a person into a team and lets them accept. */
async function join(
  product: TestProduct,
  { path, email: admin }: Home,
  name: string,
  place: Record<string, string>,
) {
  const email = `${name}@people.example`;
  await posting(product, admin)(`${path}/invitations`, { email, name, ...place });
  await product.accept(email);
  const own = await product.signIn(email);
  const { body } = await product.api('/api/me', { token: own });
  return { email, userId: String(body.user.userId) };
}

/** The audit log entry of a team's creation, as a path parameter. */
async function entryAbout(product: TestProduct, { email, organizationId }: Home, teamId: string) {
  const query = `action=team.created&resource=team/${teamId}`;
  const [entry] = await written(product, await product.signIn(email), organizationId, query);
  return `${entry?.timestamp}~${entry?.id}`;
}

/** A team with its resources: a KPI with a check-in, an open invitation, and an audit log entry. */
export async function teamWithThings(product: TestProduct, home: Home, name: string) {
  const post = posting(product, home.email);
  const team = await post(`${home.path}/teams`, { name });
  const invitation = await post(`${home.path}/invitations`, {
    email: `${name}@invited.example`,
    name,
    role: 'team_member',
    teamId: team.id,
  });
  const kpi = await post(`${home.path}/kpis`, {
    name,
    unit: '%',
    direction: 'up',
    baseline: 0,
    target: 100,
    period: { start: '2026-01-01', end: '2099-12-31' },
    owner: { kind: 'team', teamId: team.id },
  });
  const checkIn = await post(`${home.path}/kpis/${kpi.id}/check-ins`, { value: 10 });
  const initiative = await post(`${home.path}/kpis/${kpi.id}/initiatives`, {
    title: name,
    ownerId: home.userId,
    dueDate: '2026-12-31',
  });
  const comment = await post(`${home.path}/kpis/${kpi.id}/comments`, { text: name });
  const apiKey = await post(`${home.path}/api-keys`, { name, scopes: ['kpis:read'] });
  // For an event that doesn't happen, so that nothing is sent.
  const webhook = await post(`${home.path}/outgoing-webhooks`, {
    name,
    // A closed port, so that testing it fails at once.
    url: 'http://localhost:9/in',
    events: ['user.account-deleted'],
  });
  return {
    organizationId: home.organizationId,
    apiKeyId: String(apiKey.id),
    webhookId: String(webhook.id),
    delivery: '000000999999',
    teamId: String(team.id),
    kpiId: String(kpi.id),
    checkInId: String(checkIn.id),
    initiativeId: String(initiative.id),
    commentId: String(comment.id),
    invitationId: String(invitation.id),
    entry: await entryAbout(product, home, String(team.id)),
  };
}

/** Renews users' tokens before they expire. */
function signingIn(product: TestProduct, emails: Readonly<Record<Caller, string>>) {
  const known = new Map<Caller, { readonly token: Promise<string>; readonly until: number }>();
  return (caller: Caller): Promise<string> => {
    const last = known.get(caller);
    if (last !== undefined && last.until > Date.now()) return last.token;
    const token = product.signIn(emails[caller]);
    known.set(caller, { token, until: Date.now() + 30_000 });
    return token;
  };
}

/**
 * Support access of the super admin to an organization, in stages that require it. Returns one that has
 * ended. A second one stays open if they have to work there.
 */
async function support(product: TestProduct, { path }: Home, stays: boolean): Promise<string> {
  const token = await product.signIn(superAdminEmail);
  const { body } = await product.api(`${path}/support-access/current`, { token });
  if (body.stage === 'open') return absent.supportAccessId ?? '';
  const post = posting(product, superAdminEmail);
  const reason = 'To see what the matrix says.';
  const all = { reason, minutes: 480, mode: 'change', changeReason: reason };
  const { id } = await post(`${path}/support-access`, all);
  await post(`${path}/support-access/${id}/end`, undefined);
  if (stays) await post(`${path}/support-access`, all);
  return String(id);
}

/** Creates the world through the product's API. */
export async function makeWorld(product: TestProduct): Promise<World> {
  await warmUp(product);
  const home = await found(product, 'home');
  const away = await found(product, 'away');
  const [ours, theirs, foreign] = [
    await teamWithThings(product, home, 'ours'),
    await teamWithThings(product, home, 'theirs'),
    await teamWithThings(product, away, 'foreign'),
  ];
  const [supportAccessId, foreignAccessId] = [
    await support(product, home, true),
    await support(product, away, false),
  ];
  const leader = await join(product, home, 'leader', {
    role: 'team_leader',
    teamId: ours.teamId,
    teamRole: 'leader',
  });
  const member = await join(product, home, 'member', { role: 'team_member', teamId: ours.teamId });
  const mate = await join(product, home, 'mate', { role: 'team_member', teamId: ours.teamId });
  const approval = await requestAs(product, await secondSuperAdmin(product), newSuperAdmin('wanted'));
  const apiKey = await posting(product, home.email)(`${home.path}/api-keys`, {
    name: 'Everything',
    scopes: Scope.options,
  });
  const stranger = await join(product, home, 'stranger', { role: 'team_member', teamId: theirs.teamId });
  return {
    token: signingIn(product, {
      super_admin: superAdminEmail,
      org_admin: home.email,
      team_leader: leader.email,
      team_member: member.email,
    }),
    userIds: {
      super_admin: 'user_neverwas',
      org_admin: home.userId,
      team_leader: leader.userId,
      team_member: member.userId,
    },
    own: {
      ...ours,
      userId: mate.userId,
      supportAccessId,
      approvalId: approval.id,
      approvalHash: approval.hash,
    },
    other: { ...theirs, userId: stranger.userId, supportAccessId },
    foreign: { ...foreign, userId: away.userId, supportAccessId: foreignAccessId },
    absent,
    apiKey: String(apiKey.key),
    home,
    away,
  };
}
