import type { People, Place, Traveller, Way } from './traveller.ts';

const kpiOf = (name: string, owner: object) => ({
  name,
  unit: '%',
  direction: 'up',
  baseline: 0,
  target: 100,
  period: { start: '2026-01-01', end: '2099-12-31' },
  owner,
});

/** Teams and their members. */
export async function teams(
  { by }: Way,
  { base, admin }: Place,
  { leader, ann, bob, otto }: People,
  teamId: string,
) {
  const read = async (id: string) => (await admin.read(`${base}/teams/${id}`)).body;
  const put = async (person: Traveller, role: string, id: string, who = admin) =>
    who.send(200, {
      method: 'PUT',
      path: `${base}/teams/${id}/members/${person.userId}`,
      body: { role },
      revision: (await read(id)).revision,
    });
  await by.step('a team is made with its leader, renamed, and loses its description');
  const made = await admin.send(201, {
    method: 'POST',
    path: `${base}/teams`,
    body: { name: 'Harbour', description: 'Loads and unloads', leaderId: otto.userId },
  });
  by.named('team Harbour', made);
  const path = `${base}/teams/${made.id}`;
  const change = { name: 'Quay', description: null };
  await admin.send(200, { method: 'PATCH', path, body: change, revision: made.revision });
  await by.step('its leader is replaced, members come and go');
  await put(leader, 'leader', made.id);
  await put(bob, 'member', made.id, leader);
  await leader.send(200, {
    method: 'DELETE',
    path: `${path}/members/${bob.userId}`,
    revision: (await read(made.id)).revision,
  });
  await put(leader, 'member', made.id);
  await by.step('a leader is made a member of the organization: their teams have none');
  await put(otto, 'leader', made.id);
  const user = (await admin.read(`${base}/users/${leader.userId}`)).body;
  await admin.send(200, {
    method: 'PATCH',
    path: `${base}/users/${leader.userId}`,
    body: { role: 'team_member' },
    revision: user.revision,
  });
  await admin.send(200, {
    method: 'PATCH',
    path: `${base}/users/${leader.userId}`,
    body: { role: 'team_leader' },
    revision: user.revision + 1,
  });
  await put(leader, 'leader', teamId);
  await put(ann, 'member', made.id);
  await by.step('a team with members is deleted');
  const { revision } = await read(made.id);
  await admin.send(204, { method: 'DELETE', path, revision });
}

/** KPIs and the values reported on them. */
export async function kpis(
  { by }: Way,
  { base, admin }: Place,
  { leader, ann, bob }: People,
  teamId: string,
) {
  const post = async (who: Traveller, path: string, body: object, headers = {}) =>
    who.send(201, { method: 'POST', path: `${base}/kpis${path}`, body, headers });
  await by.step('KPIs of a team and of a person are made; the same key makes one');
  const key = { 'idempotency-key': 'journey-kpi' };
  const ofTeam = { ...kpiOf('Punctuality', { kind: 'team', teamId }), assigneeIds: [ann.userId] };
  const punctual = by.named('kpi Punctuality', await post(leader, '', ofTeam, key));
  await post(leader, '', ofTeam, key);
  const own = await post(admin, '', kpiOf('Calls', { kind: 'user', userId: bob.userId }));
  by.named('kpi Calls', own);
  await by.step('they are changed, and given to somebody else');
  const path = `${base}/kpis/${punctual.id}`;
  const change = {
    name: 'On time',
    description: 'Of all ships',
    target: 95,
    period: { start: '2026-01-01', end: '2099-06-30' },
  };
  await leader.send(200, { method: 'PATCH', path, body: change, revision: 1 });
  await admin.send(200, {
    method: 'PATCH',
    path: `${base}/kpis/${own.id}`,
    body: { owner: { kind: 'team', teamId }, assigneeIds: [bob.userId, ann.userId] },
    revision: 1,
  });
  await by.step('values are reported, late ones too, and corrected');
  const checkIns = `/${punctual.id}/check-ins`;
  const first = await post(ann, checkIns, { value: 40, note: 'Storm', at: '2026-03-01T12:00:00.000Z' });
  const latest = await post(ann, checkIns, { value: 60 });
  const late = await post(leader, checkIns, { value: 50, at: '2026-04-01T12:00:00.000Z' });
  for (const [name, made] of Object.entries({ first, latest, late })) by.named(`check-in ${name}`, made);
  const correct = (id: string, body: object) =>
    leader.send(200, { method: 'PATCH', path: `${path}/check-ins/${id}`, body, revision: 1 });
  await correct(latest.id, { value: 61, note: 'Counted again' });
  await correct(first.id, { note: null });
  await by.step('a KPI with values is deleted, and the hourly run lets those go');
  const gone = by.named('kpi Gone', await post(leader, '', kpiOf('Gone', { kind: 'team', teamId })));
  by.named('check-in gone', await post(leader, `/${gone.id}/check-ins`, { value: 1 }));
  await leader.send(204, { method: 'DELETE', path: `${base}/kpis/${gone.id}`, revision: 1 });
  await by.runSchedules('Invitations');
}

/** The initiatives of a KPI. */
export async function initiatives({ by }: Way, { base, admin }: Place) {
  const { body } = await admin.read(`${base}/kpis`);
  const kpi = body.items.find(({ name }: { readonly name: string }) => name === 'On time');
  const path = `${base}/kpis/${kpi.id}/initiatives`;
  const plan = { title: 'Earlier pilots', ownerId: admin.userId, dueDate: '2026-12-15' };
  await by.step('an initiative is planned, begun and deleted');
  const made = by.named('initiative Pilots', await admin.send(201, { method: 'POST', path, body: plan }));
  const own = `${path}/${made.id}`;
  const change = { status: 'active', notes: 'Since May' };
  await admin.send(200, { method: 'PATCH', path: own, body: change, revision: 1 });
  await admin.send(204, { method: 'DELETE', path: own, revision: 2 });
  await by.step('another goes with its KPI, of which the KPI’s entry tells');
  by.named('initiative Buoys', await admin.send(201, { method: 'POST', path, body: plan }));
  const owner = { kind: 'user', userId: admin.userId };
  await admin.send(200, {
    method: 'PATCH',
    path: `${base}/kpis/${kpi.id}`,
    body: { owner },
    revision: kpi.revision,
  });
}
