import { systemActor } from '../../../domain/actor.ts';
import { InvitationId, OrganizationId } from '../../../domain/ids.ts';
import { expireInvitation } from '../../../domain/invitation/expire-invitation.ts';
import { withinOrganization } from '../../../domain/table/scope.ts';
import { newOrganization, type TestProduct } from '../../support/product.ts';
import { staffOf } from '../../support/staff.ts';
import { engineTable } from './filled-state.ts';

/** Ids for path parameters. */
export type Ids = Readonly<Record<string, string>>;

/**
 * Resources of one request that needs separate ones: the ids in its path, and the ETag of what it changes.
 */
export interface Prepared {
  readonly ids: Ids;
  readonly etag?: string;
}

type Staff = Awaited<ReturnType<typeof staffOf>>;
const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);
const lifetimeMs = 30 * 86_400_000;

/** A unique name. */
let made = 0;
export const unique = (what: string): string => {
  made += 1;
  return `${what}-${made}-${process.pid}`;
};

export const newKpi = (name: string, teamId: string) => ({
  name,
  unit: '%',
  direction: 'up',
  baseline: 0,
  target: 100,
  period: { start: day(-100), end: day(200) },
  owner: { kind: 'team', teamId },
});

const newWebhook = () => ({
  name: unique('Hook'),
  url: 'https://hooks.example.com/in',
  events: ['user.account-deleted'],
});

export const newInitiative = (ownerId: string) => ({
  title: unique('Initiative'),
  ownerId,
  dueDate: day(30),
});

export const newPerson = () => {
  const name = unique('new');
  return { name, email: `${name}@northwind.example`, role: 'team_member' };
};

/** Creates resources for a request as a user would. */
function makersIn(product: TestProduct, { home, admin, superAdmin, ids, own: teamId }: Staff) {
  const organizationId = OrganizationId.parse(home.split('/').at(-1));
  const post = async (path: string, body: object, as = admin) => {
    const answer = await as(path, { method: 'POST', body });
    if (answer.status > 201) throw new Error(`POST ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  const table = product.functions.find(({ title }) => title === 'organization')?.environment.TABLE_NAME ?? '';
  const scope = withinOrganization(engineTable(product.aws.engineEndpoint, table), organizationId);
  const etagOf = ({ revision }: { readonly revision: number }) => `"${revision}"`;

  async function invitation(): Promise<Prepared> {
    const body = await post('invitations', newPerson());
    return { ids: { invitationId: body.id }, etag: etagOf(body) };
  }
  return {
    post,
    organizationId,
    invitation,
    async expiredInvitation(): Promise<Prepared> {
      const { email, id } = await post('invitations', newPerson());
      const late = new Date(Date.now() + lifetimeMs);
      const expired = { invitationId: InvitationId.parse(id), email };
      await expireInvitation({ scope, actor: systemActor('bench', 'bench'), now: late }, expired);
      return { ids: { invitationId: id } };
    },
    async user(): Promise<Prepared> {
      const { email } = await post('invitations', newPerson());
      await product.accept(email);
      const { body } = await product.api('/api/me', { token: await product.signIn(email) });
      return { ids: { userId: body.user.userId } };
    },
    async team(): Promise<Prepared> {
      const body = await post('teams', { name: unique('Team') });
      return { ids: { teamId: body.id }, etag: etagOf(body) };
    },
    async teamMember(): Promise<Prepared> {
      const team = await post('teams', { name: unique('Team') });
      const path = `teams/${team.id}/members/${ids.idle}`;
      const { body } = await admin(path, {
        method: 'PUT',
        body: { role: 'member' },
        revision: team.revision,
      });
      return { ids: { teamId: team.id, userId: ids.idle }, etag: etagOf(body) };
    },
    async kpi(): Promise<Prepared> {
      const body = await post('kpis', newKpi(unique('KPI'), teamId));
      return { ids: { kpiId: body.id }, etag: etagOf(body) };
    },
    async checkIn(kpiId: string): Promise<Prepared> {
      const body = await post(`kpis/${kpiId}/check-ins`, { value: 1 });
      return { ids: { checkInId: body.id }, etag: etagOf(body) };
    },
    async comment(kpiId: string): Promise<Prepared> {
      const body = await post(`kpis/${kpiId}/comments`, { text: unique('Comment') });
      return { ids: { commentId: body.id }, etag: etagOf(body) };
    },
    async apiKey(): Promise<Prepared> {
      const body = await post('api-keys', { name: unique('Key'), scopes: ['kpis:read'] });
      return { ids: { apiKeyId: body.id }, etag: etagOf(body) };
    },
    async webhook(): Promise<Prepared> {
      const body = await post('outgoing-webhooks', newWebhook());
      return { ids: { webhookId: body.id }, etag: etagOf(body) };
    },
    async initiative(kpiId: string): Promise<Prepared> {
      const body = await post(`kpis/${kpiId}/initiatives`, newInitiative(ids.member));
      return { ids: { initiativeId: body.id }, etag: etagOf(body) };
    },
    /** Support access requested by a super admin and granted by an admin. */
    async support(isGranted: boolean): Promise<Prepared> {
      const path = `${home}/support-access`;
      const { body: current } = await superAdmin(`${path}/current`);
      const before = current.supportAccess;
      if (before !== null) await superAdmin(`${path}/${before.id}/end`, { method: 'POST' });
      const reason = 'For the benchmark';
      const asked = { reason, minutes: 60, mode: 'change', changeReason: reason };
      const { id } = await post(path, asked, superAdmin);
      if (isGranted) await post(`${path}/${id}/grant`, {});
      return { ids: { supportAccessId: id } };
    },
    /** A second organization, for requests that would lock out the users of this one. */
    async otherOrganization() {
      const name = unique('Beside');
      return await post(
        '/api/admin/organizations',
        newOrganization(name, `${name.toLowerCase()}@beside.example`),
        superAdmin,
      );
    },
    async switched(id: string, step: 'deactivate' | 'reactivate'): Promise<Prepared> {
      const body = step === 'deactivate' ? { reason: 'For the benchmark' } : undefined;
      await superAdmin(`/api/admin/organizations/${id}/${step}`, { method: 'POST', body });
      return { ids: { organizationId: id } };
    },
  };
}

/**
 * An organization of the example data with a team, its users and a KPI with check-ins, and functions to
 * create more.
 */
export async function placesIn(product: TestProduct) {
  const staff = await staffOf(product);
  const { own: teamId, ids: people } = staff;
  const makers = makersIn(product, staff);
  const { ids: kpi } = await makers.kpi();
  const kpiId = kpi.kpiId ?? '';
  await makers.checkIn(kpiId);
  const { id: besideId } = await makers.otherOrganization();
  const { ids: initiative } = await makers.initiative(kpiId);
  const { ids: apiKey } = await makers.apiKey();
  const { ids: webhook } = await makers.webhook();
  const ids = {
    organizationId: makers.organizationId,
    teamId,
    kpiId,
    userId: people.member,
    ...initiative,
    ...apiKey,
    ...webhook,
  };
  return { ids, people, besideId: String(besideId), ...makers };
}
export type Places = Awaited<ReturnType<typeof placesIn>>;
