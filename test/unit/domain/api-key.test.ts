import { describe, expect, it } from 'vitest';
import { abilityOf, allows, rulesFor } from '../../../domain/access/ability.ts';
import { ApiKeyId, Scope } from '../../../domain/api-key/api-key.schema.ts';
import { looksLikeKey, newKeyText, readKeyText } from '../../../domain/api-key/key-text.ts';
import { narrowed, scopeAbove, scopeFor } from '../../../domain/api-key/scopes.ts';
import { newOrganizationId, newTeamId } from '../../../domain/ids.ts';
import type { Route } from '../../../functions/http/route.ts';
import { routes } from '../../../functions/http/routes.ts';

const now = new Date();
const organizationId = newOrganizationId(now);
const apiKeyId = ApiKeyId.parse('key_01ARZ3NDEKTSV4RRFFQ69G5FAV');
const make = () => newKeyText('live', { organizationId, apiKeyId });

describe('the text of an API key', () => {
  it('says its stage, where its hash is, and nothing of its secret', () => {
    const { text, hash, ending } = make();
    expect(text).toMatch(/^mtcms_live_\w{26}_\w{26}_[0-9a-f]{72}$/);
    expect(readKeyText('live', text)).toEqual({ organizationId, apiKeyId, hash });
    expect(text.endsWith(ending)).toBe(true);
    expect(text).not.toContain(hash);
  });

  it('is another for each key', () => {
    expect(make().text).not.toBe(make().text);
  });

  it('is no key when a sign is another, missing or too many, or the stage is another', () => {
    const { text } = make();
    for (const at of [20, 50, 70, 100, text.length - 1]) {
      const other = text[at] === '7' ? '8' : '7';
      expect(readKeyText('live', `${text.slice(0, at)}${other}${text.slice(at + 1)}`)).toBeNull();
      expect(readKeyText('live', `${text.slice(0, at)}${text.slice(at + 1)}`)).toBeNull();
    }
    expect(readKeyText('live', `${text}0`)).toBeNull();
    expect(readKeyText('test', text)).toBeNull();
    expect(looksLikeKey(text)).toBe(true);
  });
});

describe('scopes', () => {
  const admin = { userId: 'user_1', role: 'org_admin', organizationId, teams: {} } as const;
  const led = newTeamId(now);
  const leader = { ...admin, role: 'team_leader', teams: { [led]: 'leader' } } as const;

  it('give a key what its owner may and they name, and nothing else', () => {
    const ability = abilityOf(narrowed(rulesFor(admin), ['kpis:read', 'check-ins:write']));
    expect(allows(ability, 'list', 'Kpi', { organizationId })).toBe(true);
    expect(allows(ability, 'create', 'CheckIn', { organizationId })).toBe(true);
    expect(allows(ability, 'list', 'CheckIn', { organizationId })).toBe(false);
    expect(allows(ability, 'update', 'Kpi', { organizationId })).toBe(false);
    expect(allows(ability, 'list', 'Kpi', { organizationId: newOrganizationId(now) })).toBe(false);
  });

  it('keep the conditions and fields of the owner’s rules', () => {
    const ability = abilityOf(narrowed(rulesFor(leader), ['teams:write']));
    expect(allows(ability, 'update', 'Team', { organizationId, teamId: led }, 'name')).toBe(true);
    expect(allows(ability, 'update', 'Team', { organizationId, teamId: led }, 'leaderId')).toBe(false);
    expect(allows(ability, 'update', 'Team', { organizationId, teamId: newTeamId(now) })).toBe(false);
  });

  it('are never above what somebody may themselves', () => {
    expect(scopeAbove(abilityOf(rulesFor(admin)), Scope.options)).toBeUndefined();
    expect(scopeAbove(abilityOf(rulesFor(leader)), ['kpis:write', 'audit:read'])).toBe('audit:read');
  });

  it('let no key make keys, change people, invite, undo or speak to the platform’s people', () => {
    const reached = Object.entries<Route>(routes).flatMap(([name, { access }]) =>
      access.kind === 'organization' && scopeFor(access) !== undefined ? [name] : [],
    );
    const unreached = Object.entries<Route>(routes).flatMap(([name, { access }]) =>
      access.kind === 'organization' && !reached.includes(name) ? [name] : [],
    );
    for (const name of ['createApiKey', 'revokeApiKey', 'updateUser', 'removeUser', 'createInvitation'])
      expect(unreached).toContain(name);
    for (const name of ['undoEntry', 'grantSupportAccess', 'updateOwnOrganization', 'explainAccess'])
      expect(unreached).toContain(name);
    for (const name of ['listKpis', 'createCheckIn', 'exportAuditEntries']) expect(reached).toContain(name);
  });
});
