import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { abilityOf, rulesFor } from '../../../domain/access/ability.ts';
import { mostKeys, NewApiKey } from '../../../domain/api-key/api-key.schema.ts';
import { readKeyText } from '../../../domain/api-key/key-text.ts';
import { createApiKey, listApiKeys, revokeApiKey } from '../../../domain/api-key/manage-api-keys.ts';
import { judgeKey, letIn, noteKeyUse } from '../../../domain/api-key/use-api-key.ts';
import type { Context } from '../../../domain/context.ts';
import { suspendOrganization } from '../../../domain/organization/suspend-organization.ts';
import type { ControlPlane } from '../../../domain/table/scope.ts';
import { findUser } from '../../../domain/user/find-user.ts';
import { removeUser } from '../../../domain/user/remove-user.ts';
import { updateUser } from '../../../domain/user/update-user.ts';
import { startControlPlane } from './support/control-plane.ts';
import { now } from './support/founding.ts';
import { join, organizationOf } from './support/people.ts';

let plane: ControlPlane;
let ctx: Context;
let stop: () => Promise<void>;
beforeAll(async () => {
  const started = await startControlPlane();
  ({ stop, plane } = started);
  const { scope, actor } = await organizationOf(plane, 'Testing');
  ctx = { scope, actor, now };
});
afterAll(() => stop());

const adminOf = ({ scope }: Context) =>
  abilityOf(
    rulesFor({ userId: 'user_x', role: 'org_admin', organizationId: scope.organizationId, teams: {} }),
  );

async function make(of: Context, more: object = {}) {
  const input = NewApiKey.parse({ name: 'Import', scopes: ['kpis:read', 'check-ins:write'], ...more });
  const { key = '', ...made } = await createApiKey(of, { stage: 'test', ability: adminOf(of), input });
  const presented = readKeyText('test', key);
  if (presented === null) throw new Error('not a key');
  return { ...made, key, presented };
}

const later = (ms: number) => new Date(now.getTime() + ms);
const days = 86_400_000;

describe('an API key', () => {
  it('is let in with its scopes, and neither its text nor its hash is shown again', async () => {
    const { presented, key, id } = await make(ctx);
    const { user, rules, organization } = await letIn(ctx.scope, presented, now);
    expect(user.role).toBe('org_admin');
    expect(organization.id).toBe(ctx.scope.organizationId);
    expect(abilityOf(rules).can('create', 'CheckIn')).toBe(true);
    expect(abilityOf(rules).can('create', 'Kpi')).toBe(false);
    const listed = (await listApiKeys(ctx.scope)).find((one) => one.id === id);
    expect(listed).toMatchObject({ name: 'Import', owner: 'organization', ending: key.slice(-4) });
    expect(JSON.stringify(listed)).not.toContain(presented.hash);
    expect(JSON.stringify(listed)).not.toContain(key.slice(-40));
  });

  it('is refused with another secret, in another organization, expired and revoked', async () => {
    const { presented, id, revision } = await make(ctx, { endsAt: later(days).toISOString() });
    const hash = presented.hash.replace(/^./, (first) => (first === 'A' ? 'B' : 'A'));
    await expect(letIn(ctx.scope, { ...presented, hash }, now)).rejects.toMatchObject({
      reason: 'key_unknown',
    });
    const other = await organizationOf(plane, 'Other');
    await expect(letIn(other.scope, presented, now)).rejects.toMatchObject({ reason: 'key_unknown' });
    await expect(letIn(ctx.scope, presented, later(days))).rejects.toMatchObject({ reason: 'key_expired' });
    expect(await judgeKey(ctx.scope, presented, later(days))).toBe('key_expired');
    expect(await judgeKey(ctx.scope, { ...presented, hash }, later(days))).toBe('key_unknown');
    expect(await judgeKey(ctx.scope, presented, now)).toBeNull();
    await revokeApiKey(ctx, { apiKeyId: id, revision });
    await expect(letIn(ctx.scope, presented, now)).rejects.toMatchObject({ reason: 'key_unknown' });
    await expect(revokeApiKey(ctx, { apiKeyId: id, revision })).rejects.toMatchObject({ code: 'not_found' });
  });

  it('of the organization survives its maker; a person’s may no more than they may now, and ends with them', async () => {
    const maker = await join(ctx.scope, 'maker', 'org_admin');
    const by = { ...ctx, actor: { ...ctx.actor, by: maker } };
    const [shared, own] = [
      await make(by),
      await make(by, { owner: 'person', scopes: ['audit:read', 'kpis:read'] }),
    ];
    expect(abilityOf((await letIn(ctx.scope, own.presented, now)).rules).can('list', 'AuditEntry')).toBe(
      true,
    );
    const person = await findUser(ctx.scope, maker);
    await updateUser(ctx, { userId: maker, revision: person?.revision ?? 0, role: 'team_member' });
    const { rules } = await letIn(ctx.scope, own.presented, now);
    expect(abilityOf(rules).can('list', 'AuditEntry')).toBe(false);
    expect(abilityOf(rules).can('list', 'Kpi')).toBe(true);
    const demoted = await findUser(ctx.scope, maker);
    await removeUser(ctx, { userId: maker, revision: demoted?.revision ?? 0 });
    await expect(letIn(ctx.scope, own.presented, now)).rejects.toMatchObject({ reason: 'key_owner_gone' });
    expect((await letIn(ctx.scope, shared.presented, now)).user.role).toBe('org_admin');
    // Invited again, they are a new member: their earlier keys stay revoked.
    await join(ctx.scope, 'maker', 'org_admin', later(days));
    await expect(letIn(ctx.scope, own.presented, later(days))).rejects.toMatchObject({
      reason: 'key_owner_gone',
    });
  });

  it('is refused while its organization is suspended', async () => {
    const { scope, actor } = await organizationOf(plane, 'Suspended');
    const of = { scope, actor, now };
    const { presented } = await make(of);
    await suspendOrganization(of, { reason: 'Unpaid' });
    await expect(letIn(scope, presented, now)).rejects.toMatchObject({ code: 'organization_inactive' });
  });

  it('notes its use once an hour, and as an entry the first time and after 30 days', async () => {
    const { presented, id } = await make(ctx);
    const use = async (at: Date) => {
      const { key } = await letIn(ctx.scope, presented, at);
      await Promise.all([1, 2].map(() => noteKeyUse({ ...ctx, now: at }, key)));
      return (await letIn(ctx.scope, presented, at)).key;
    };
    const stampOf = (key: object) => ('changed' in key ? key.changed : undefined);
    const first = await use(now);
    expect(first.lastUsedAt).toBe(now.toISOString());
    expect(stampOf(first)).toMatchObject({ action: 'api-key.used' });
    expect(stampOf(first)).not.toHaveProperty('derived');
    expect((await use(later(1000))).lastUsedAt).toBe(now.toISOString());
    const second = await use(later(2 * 3_600_000));
    expect(second.lastUsedAt).toBe(later(2 * 3_600_000).toISOString());
    expect(stampOf(second)).toMatchObject({ derived: true });
    expect(stampOf(await use(later(40 * days)))).not.toHaveProperty('derived');
    const [listed] = (await listApiKeys(ctx.scope)).filter((one) => one.id === id);
    expect(listed?.revision).toBe(1);
  });

  it('is refused beyond the limit, an expiry in the past and a scope that its maker lacks', async () => {
    const { scope, actor } = await organizationOf(plane, 'Many');
    const of = { scope, actor, now };
    await expect(make(of, { endsAt: now.toISOString() })).rejects.toMatchObject({
      reason: 'ends_in_the_past',
    });
    const leader = abilityOf(
      rulesFor({ userId: 'user_l', role: 'team_leader', organizationId: scope.organizationId, teams: {} }),
    );
    const input = NewApiKey.parse({ name: 'More', scopes: ['audit:read'] });
    await expect(createApiKey(of, { stage: 'test', ability: leader, input })).rejects.toMatchObject({
      reason: 'scope_above_own',
    });
    for (let made = 0; made < mostKeys; made += 1) await make(of);
    await expect(make(of)).rejects.toMatchObject({ reason: 'too_many_api_keys' });
    const [one] = await listApiKeys(scope);
    if (one !== undefined) await revokeApiKey(of, { apiKeyId: one.id, revision: one.revision });
    await make(of);
  });
});
