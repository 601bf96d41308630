import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { trailOf } from '../support/audit-trail.ts';
import { consumersRest } from '../support/seeded-state.ts';
import { underTenantRole } from '../support/under-role.ts';
import { openers } from './powers.ts';
import type { Prey } from './prey.ts';
import { Tally } from './tally.ts';

const march = '2026-03-01T00:00:00.000Z';

/** Item contents that could suppress an audit log entry, or give it another actor or date. */
function liesOf(away: string): Readonly<Record<string, object>> {
  return {
    'calls-itself-bookkeeping': { entity: 'emailClaim' },
    'calls-itself-an-entry': { entity: 'auditEntry' },
    'says-nothing-of-itself': { entity: undefined },
    'only-repeats-another': { changed: { derived: true } },
    'names-another-organization': { organizationId: away },
    'stands-in-anothers-index': { memberPk: `${away}#member#x`, memberSk: 'x' },
    'has-no-stamp': { changed: undefined },
  };
}

/**
 * Suppressed, forged or back-dated entries: each change must be in the audit log, without an actor and with
 * the table's time.
 */
export async function attackEvidence(prey: Prey): Promise<Tally> {
  const tally = new Tally('forged, back-dated and suppressed entries');
  const { product, world } = prey;
  const home = world.home.organizationId;
  const since = Math.floor(Date.now() / 1000) * 1000;
  const stamp = {
    by: world.home.userId,
    role: 'org_admin',
    action: 'user.role-changed',
    requestId: 'forged',
  };
  const planted = new Map<string, boolean>();
  const plant = async (opener: string, sk: string, item: object, isLie: boolean) => {
    const { client, TableName } = await underTenantRole(product, home, opener);
    const said = {
      entity: 'user',
      organizationId: home,
      revision: 1,
      createdAt: march,
      updatedAt: march,
      changed: stamp,
    };
    const Item = JSON.parse(JSON.stringify({ ...said, ...item, pk: `${home}#user`, sk }));
    await client.send(new PutCommand({ TableName, Item }));
    planted.set(sk, isLie);
    tally.cells += 1;
  };
  for (const opener of openers(prey)) {
    for (const [lie, item] of Object.entries(liesOf(world.away.organizationId)))
      await plant(opener, `user_${opener}-${lie}`, item, true);
    await plant(opener, `user_${opener}-dates-it-in-march`, {}, false);
  }
  await consumersRest(product.origin);
  const token = await world.token('org_admin');
  for (const [sk, isLie] of planted) {
    const [entry] = await trailOf(product, token, home, `resource=user/${sk}`);
    if (entry === undefined) tally.changes.push(`${sk} left no entry`);
    else if (isLie && entry.userId !== 'unattributed')
      tally.changes.push(`${sk} is an entry of ${entry.userId}`);
    else if (Date.parse(entry.timestamp) < since) tally.changes.push(`${sk} is dated ${entry.timestamp}`);
  }
  return tally;
}

/** Rows that one organization writes into an index that another one reads. */
export async function attackIndexes(prey: Prey): Promise<Tally> {
  const tally = new Tally('rows planted in an index');
  const { product, world } = prey;
  const { own, foreign } = world;
  const base = `/api/organizations/${foreign.organizationId}`;
  const token = await product.signIn(world.away.email);
  const lists = [
    `users?teamId=${foreign.teamId}`,
    `kpis?teamId=${foreign.teamId}`,
    'teams',
    `users/${foreign.userId}`,
    `teams/${foreign.teamId}`,
    `analytics/teams/${foreign.teamId}`,
    `dashboards/${foreign.userId}`,
  ];
  const seen = async () =>
    JSON.stringify(
      await Promise.all(
        lists.map(async (path) => {
          const { status, body } = await product.api(`${base}/${path}`, { token });
          return { status, body: { ...body, requestId: '', lastActiveAt: '' } };
        }),
      ),
    );
  const before = await seen();
  for (const opener of openers(prey))
    for (const memberPk of [
      `${foreign.organizationId}#team#${foreign.teamId}`,
      `${foreign.organizationId}#member#${foreign.userId}`,
    ])
      for (const noun of ['kpi', 'team-member', `team#${own.teamId}`, 'user']) {
        tally.cells += 1;
        const { client, TableName } = await underTenantRole(product, String(own.organizationId), opener);
        const Item = {
          pk: `${own.organizationId}#${noun}`,
          sk: `planted-${opener}`,
          memberPk,
          memberSk: '0',
          entity: 'kpi',
          name: 'Planted',
        };
        await client.send(new PutCommand({ TableName, Item }));
        const after = await seen();
        if (after !== before) tally.leaks.push(`${opener} planted ${Item.pk} in ${memberPk}, and it is read`);
      }
  return tally;
}
