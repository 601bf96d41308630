import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { orderAt } from '../../domain/table/transaction.ts';
import { engineOf } from '../support/engine.ts';
import { peopleOf } from '../support/people.ts';
import { superAdminEmail, type TestProduct } from '../support/product.ts';
import { importLegacy } from './import-legacy.ts';
import { guide, type People, type Place, type Traveller, type Way } from './traveller.ts';
import { initiatives, kpis, teams } from './work.ts';

/** An organization is founded, described, moved to another plan, suspended and resumed. */
async function organizationLife({ by, superAdmin }: Way): Promise<Place> {
  await by.step('an organization is founded and its first admin accepts');
  const place = await by.found(superAdmin, 'Voyage', 'voyage.example');
  const path = `/api/admin/organizations/${place.id}`;
  await by.step('the super admin changes its profile, its own admin the contact person');
  const profile = {
    name: 'Voyage and Sons',
    externalId: 'erp-7',
    metadata: { region: 'south' },
    allowedDomains: ['voyage.example', 'elsewhere.example'],
  };
  const changed = await superAdmin.send(200, { method: 'PATCH', path, body: profile, revision: 1 });
  const contactPerson = { name: 'Nora North', email: 'nora@voyage.example', phone: '+49 30 1234' };
  await place.admin.send(200, {
    method: 'PATCH',
    path: place.base,
    body: { contactPerson },
    revision: changed.revision,
  });
  await by.step('the external id is taken away; an older state changes nothing');
  const free = await superAdmin.send(200, { method: 'PATCH', path, body: { externalId: null }, revision: 3 });
  await superAdmin.send(412, { method: 'PATCH', path, body: { externalId: 'erp-8' }, revision: 3 });
  await by.step('the plan is tried, then changed');
  const subscription = { plan: 'enterprise', startDate: '2026-01-01', endDate: '2099-12-31' };
  const put = { method: 'PUT', path: `${path}/subscription`, body: subscription, revision: free.revision };
  await superAdmin.send(200, { ...put, path: `${put.path}?dryRun=true` });
  const { revision } = await superAdmin.send(200, put);
  await by.step('it is suspended, its people are refused, and it is served again');
  const reason = { reason: 'Invoices unpaid' };
  const stopped = await superAdmin.send(200, {
    method: 'POST',
    path: `${path}/deactivate`,
    body: reason,
    revision,
  });
  await place.admin.send(403, { method: 'GET', path: `${place.base}/teams` });
  await superAdmin.send(200, {
    method: 'POST',
    path: `${path}/reactivate`,
    revision: stopped.revision,
  });
  return place;
}

/** Users are invited in every way, with every outcome of an invitation. */
async function invitations({ product, by, superAdmin }: Way, place: Place, teamId: string): Promise<People> {
  const { base, admin } = place;
  await by.step('people are invited and accept: a leader into a team, members, an admin');
  const invite = (who: string, more?: object) => by.invite(admin, place, who, more);
  await invite('lea', { role: 'team_leader', teamId, teamRole: 'leader' });
  await invite('ann', { teamId });
  await invite('bob', { expiresInDays: 3 });
  await invite('otto', { role: 'org_admin' });
  const leader = await by.accept(`lea@${place.domain}`, 'Lea Leader');
  const [ann, bob, otto] = [
    await by.accept(`ann@${place.domain}`, 'Ann Member'),
    await by.accept(`bob@${place.domain}`, 'Bob Member'),
    await by.accept(`otto@${place.domain}`, 'Otto Admin'),
  ];
  await by.step('the leader invites into their team, and many at once, of whom one is refused');
  await by.invite(leader, place, 'lou', { teamId });
  const line = (who: string) => ({ name: who, email: `${who}@${place.domain}`, role: 'team_member', teamId });
  const many = await leader.send(200, {
    method: 'POST',
    path: `${base}/invitations/bulk`,
    body: { invitations: [line('one'), line('ann'), line('two')] },
  });
  for (const { invitation } of many.results)
    if (invitation !== undefined) by.named(`invitation of ${invitation.email}`, invitation);
  await by.step('an invitation is sent again and then taken back');
  const late = await invite('late');
  const again = await admin.send(200, { method: 'POST', path: `${base}/invitations/${late.id}/resend` });
  await admin.send(200, {
    method: 'DELETE',
    path: `${base}/invitations/${late.id}`,
    revision: again.revision,
  });
  await by.step(
    'one expires, one could not be sent; time and a provider that is away do it behind the product',
  );
  const [old, queued] = [await invite('old'), await invite('queued')];
  const { setInvitation } = peopleOf(product, '');
  const longAgo = '2026-01-01T00:00:00.000Z';
  await setInvitation(place.id, old.id, { validUntil: longAgo });
  await setInvitation(place.id, queued.id, { delivery: 'queued', updatedAt: longAgo });
  await by.step('the hourly run closes the one and sends the other');
  await by.runSchedules('Invitations');
  await by.step('the expired one is opened anew');
  await admin.send(200, { method: 'POST', path: `${base}/invitations/${old.id}/resend` });
  await by.step('a letter that the provider refused, as the product records it');
  await refuseDelivery(product, place.id, queued.id);
  await by.step('a member is invited by another organization too, and stays');
  const other = await by.found(superAdmin, 'Elsewhere', 'elsewhere.example');
  await by.invite(other.admin, { ...other, domain: place.domain }, 'ann');
  await product.accept(ann.email);
  await product.api('/api/me', { token: await product.signIn(ann.email) });
  await by.deliverWebhooks();
  return { leader, ann, bob, otto, other };
}

/** The Clerk stand-in accepts every address that the product does, so the change is written here. */
async function refuseDelivery(product: TestProduct, organizationId: string, invitationId: string) {
  const { client, TableName } = engineOf(product);
  const stamp = { by: 'system:invitations', role: 'system', action: 'invitation.delivery-failed' };
  await client.send(
    new UpdateCommand({
      TableName,
      Key: { pk: `${organizationId}#invitation`, sk: invitationId },
      UpdateExpression:
        'SET delivery = :failed, deliveryProblem = :why, changed = :stamp, updatedAt = :now ADD revision :one',
      ExpressionAttributeValues: {
        ':failed': 'failed',
        ':why': 'No such address.',
        ':stamp': { ...stamp, requestId: 'journey', order: orderAt(Date.now(), 0) },
        ':now': new Date().toISOString(),
        ':one': 1,
      },
    }),
  );
  client.destroy();
}

/** Actions that change nothing but are recorded: refusals, exports, runs. */
async function looks({ by, superAdmin }: Way, { base, admin }: Place, { ann, bob, other }: People) {
  await by.step('somebody is refused once, and ten times');
  await bob.send(403, { method: 'GET', path: `${base}/audit` });
  for (let time = 0; time < 10; time += 1) await ann.send(403, { method: 'GET', path: `${base}/users` });
  await by.step('an attempt on another organization, and one on the platform');
  await admin.send(404, { method: 'GET', path: `${other.base}/users` });
  await admin.send(403, { method: 'GET', path: '/api/admin/organizations' });
  await by.step('what is wrong in itself leaves nothing');
  await admin.send(400, { method: 'POST', path: `${base}/teams`, body: { name: '' } });
  await admin.send(409, { method: 'POST', path: `${base}/teams`, body: { name: 'north' } });
  await by.step('the trail is taken away as a file');
  await admin.read(`${base}/audit/export?format=csv&action=team.&from=2026-01-01`);
  await superAdmin.read(`${base}/audit/export?format=jsonl`);
  await by.step('runs of the usage function are asked for');
  const body = { period: 'hour' };
  await superAdmin.send(202, { method: 'POST', path: '/api/admin/usage/runs', body });
}

/** How users change and leave. */
async function leaving({ product, by }: Way, { base, admin }: Place, people: People) {
  const { ann, bob, otto, leader, other } = people;
  const user = async ({ userId }: Traveller) => (await admin.read(`${base}/users/${userId}`)).body;
  const patch = async (person: Traveller, body: object) =>
    admin.send(200, {
      method: 'PATCH',
      path: `${base}/users/${person.userId}`,
      body,
      revision: (await user(person)).revision,
    });
  await by.step('a member is deactivated, refused, and reactivated');
  await patch(bob, { status: 'deactivated' });
  await bob.send(403, { method: 'GET', path: `${base}/teams` });
  await patch(bob, { status: 'active' });
  await by.step('an admin becomes a leader');
  await patch(otto, { role: 'team_leader' });
  await by.step('somebody has another name at Clerk');
  await product.clerk.users.updateUser(ann.userId, { firstName: 'Anna', lastName: 'Neumann' });
  await by.deliverWebhooks();
  await by.step('a leader deletes their account at Clerk');
  await product.clerk.users.deleteUser(leader.userId);
  await by.deliverWebhooks();
  await by.step('the last admin of an organization does: it keeps a deactivated one');
  await product.clerk.users.deleteUser(other.admin.userId);
  await by.deliverWebhooks();
  await by.step('a member with a team is removed; the last admin can’t be');
  await admin.send(200, {
    method: 'DELETE',
    path: `${base}/users/${ann.userId}`,
    revision: (await user(ann)).revision,
  });
  await by.deliverWebhooks();
  const { revision } = await user(admin);
  await admin.send(409, { method: 'DELETE', path: `${base}/users/${admin.userId}`, revision });
}

/** Performs every audited action of the product, on separate organizations. Webhooks must be held. */
export async function walk(product: TestProduct) {
  const by = guide(product);
  await by.deliverWebhooks();
  const superAdmin = await by.signedIn(superAdminEmail);
  const way: Way = { product, by, superAdmin };
  const place = await organizationLife(way);
  await by.step('a team is made');
  const body = { name: 'North' };
  const path = `${place.base}/teams`;
  const team = by.named('team North', await place.admin.send(201, { method: 'POST', path, body }));
  const people = await invitations(way, place, team.id);
  await teams(way, place, people, team.id);
  await kpis(way, place, people, team.id);
  await looks(way, place, people);
  await leaving(way, place, people);
  await by.step('a legacy export is imported');
  const runId = await importLegacy(product, 'apply');
  await by.step('the import is taken back');
  await importLegacy(product, runId);
  await initiatives(way, place);
  await by.step('the journey is over');
  by.end();
  return { place, people, superAdmin, ...by };
}
