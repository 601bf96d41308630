import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OrganizationId } from '../../../domain/ids.ts';
import { changeSubscription } from '../../../domain/organization/change-subscription.ts';
import { createOrganization } from '../../../domain/organization/create-organization.ts';
import { noteActivityOn, noteState } from '../../../domain/organization/directory-row.ts';
import { listOrganizations } from '../../../domain/organization/list-organizations.ts';
import type { NewOrganization } from '../../../domain/organization/organization.schema.ts';
import type { Organization } from '../../../domain/organization/profile.schema.ts';
import { subscriptionChangesAfter } from '../../../domain/organization/subscription-history.ts';
import {
  updateOrganization,
  updateOwnOrganization,
} from '../../../domain/organization/update-organization.ts';
import { type ControlPlane, platformScope, withinOrganization } from '../../../domain/table/scope.ts';
import { transact } from '../../../domain/table/transaction.ts';
import { startControlPlane } from './support/control-plane.ts';
import { now, request, sender, superAdmin } from './support/founding.ts';

let plane: ControlPlane;
let stop: () => Promise<void>;
beforeAll(async () => {
  ({ plane, stop } = await startControlPlane());
});
afterAll(() => stop());

const found = (name: string, contact: string, more: Partial<NewOrganization> = {}) =>
  createOrganization(
    { scope: platformScope(plane), actor: superAdmin, now },
    {
      ...request(name),
      contactPerson: { name: 'Cora Contact', email: contact },
      firstAdmin: { name: 'Ada', email: `admin@${contact.split('@')[1]}` },
      ...more,
    },
    sender(),
  );

type Query = Omit<Parameters<typeof listOrganizations>[1], 'direction'> & { direction?: 'asc' | 'desc' };

/** Every page of a list, put together. */
async function pages(query: Query, limit: number): Promise<string[]> {
  const names: string[] = [];
  let position: string | undefined;
  for (;;) {
    const view = { direction: 'asc' as const, ...query };
    const page = await listOrganizations(plane, view, { position, limit, now });
    names.push(...page.map(({ organization }) => organization.name));
    if (page.length < limit) return names;
    position = page.at(-1)?.position();
  }
}
const search = (text: string) => pages({ search: text }, 10);

describe('a search', () => {
  let acme: Organization;
  beforeAll(async () => {
    acme = await found('Acme Rocket Works', 'wile@acme.example', { externalId: 'CRM-00042' });
    await found('Müller-Lüdenscheidt & Söhne', 'post@mueller.example');
    await found('ＦＵＬＬＷＩＤＴＨ Labs', 'hello@fullwidth.example');
    await found('Works of Art', 'art@works.example');
  });

  it.each([
    ['the first word of a name', 'acm', ['Acme Rocket Works']],
    ['any word of a name, in any case', 'ROCK', ['Acme Rocket Works']],
    ['several words, which must all match', 'works roc', ['Acme Rocket Works']],
    ['words of name and contact together', 'rocket wile@', ['Acme Rocket Works']],
    ['the contact’s address', 'wile@acme.example', ['Acme Rocket Works']],
    ['the domain of the contact’s address', 'mueller.ex', ['Müller-Lüdenscheidt & Söhne']],
    ['the external id, and a part of it', '00042', ['Acme Rocket Works']],
    ['a word after a hyphen', 'lüden', ['Müller-Lüdenscheidt & Söhne']],
    ['a word written in other code points (NFD)', 'mu\u0308ller', ['Müller-Lüdenscheidt & Söhne']],
    ['compatible forms of letters', 'fullwidth', ['ＦＵＬＬＷＩＤＴＨ Labs']],
    ['punctuation around the words as if it were not there', '(acme), &', ['Acme Rocket Works']],
    ['the middle of a word by nothing', 'ocket', []],
    ['an accent by nothing without it', 'muller', []],
    ['words of two organizations by nothing', 'rocket art', []],
  ])('finds %s', async (_, text, names) => {
    expect(await search(text)).toEqual(names);
  });

  it('lists an organization once, though name, address and domain begin alike', async () => {
    expect(await search('works')).toEqual(['Acme Rocket Works', 'Works of Art']);
    expect(await pages({ search: 'works' }, 1)).toEqual(['Acme Rocket Works', 'Works of Art']);
  });

  it('finds by the new name, contact and external id, and no longer by the old', async () => {
    const scope = withinOrganization(plane, acme.id);
    const renamed = await updateOrganization(
      { scope, actor: superAdmin, now },
      { name: 'Zenith Rocket', externalId: 'ERP-7', revision: acme.revision },
    );
    await updateOwnOrganization({ scope, actor: superAdmin, now }, renamed, {
      contactPerson: { name: 'New', email: 'n@zenith.example' },
      revision: renamed.revision,
    });
    for (const gone of ['acme', 'wile', '00042', 'crm']) expect(await search(gone)).toEqual([]);
    for (const text of ['zenith', 'rocket', 'erp-7', 'n@zen'])
      expect(await search(text)).toEqual(['Zenith Rocket']);
  });
});

describe('the order of the list', () => {
  it('follows the last day of use, which only moves forward', async () => {
    const [early, late] = [
      await found('Quiet One', 'a@quiet.example'),
      await found('Quiet Two', 'a@two.example'),
    ];
    await transact(plane, [noteActivityOn(withinOrganization(plane, early.id), '2027-02-03')]);
    await expect(
      transact(plane, [noteActivityOn(withinOrganization(plane, early.id), '2027-02-02')]),
    ).rejects.toMatchObject({ code: 'conflict' });
    await transact(plane, [noteActivityOn(withinOrganization(plane, late.id), '2027-02-01')]);
    const names = await pages({ sort: 'lastActivity', direction: 'desc' }, 2);
    expect(names.slice(0, 2)).toEqual(['Quiet One', 'Quiet Two']);
  });
});

describe('the stage of onboarding', () => {
  it('begins with the invitation, and filters the list in any order and any search', async () => {
    const { id, stage } = await found('Staged Alpha', 'a@staged-alpha.example');
    await found('Staged Beta', 'a@staged-beta.example');
    expect(stage).toBe('invited');
    await noteState(withinOrganization(plane, id), { stage: 'team_created' });
    const at = { search: 'staged', onboarding: 'team_created' as const };
    for (const query of [at, { ...at, sort: 'users' as const }, { ...at, sort: 'planEnd' as const }])
      expect(await pages(query, 1)).toEqual(['Staged Alpha']);
    expect(await pages({ ...at, onboarding: 'invited' }, 1)).toEqual(['Staged Beta']);
    expect(await pages({ onboarding: 'team_created' }, 10)).toEqual(['Staged Alpha']);
    expect(await pages({ onboarding: 'active' }, 10)).toEqual([]);
  });

  it('is listed with the health that follows from what was noted', async () => {
    const { id } = await found('Noted', 'a@noted.example');
    const signals = {
      ...{ date: '2026-11-24', activeUsers: 0, waitingInvitations: 1, leaderlessTeams: 0 },
      ...{ runningKpis: 0, quietKpis: 0 },
    };
    await noteState(withinOrganization(plane, id), { stage: 'invited', signals });
    const one = { search: 'noted', direction: 'asc' as const };
    for (const query of [one, { ...one, sort: 'created' as const }]) {
      const [listed] = await listOrganizations(plane, query, { position: undefined, limit: 1, now });
      expect(listed?.organization).toMatchObject({
        signals,
        health: {
          level: 'watch',
          reasons: [
            { code: 'invitations_waiting', level: 'watch', count: 1, of: 1 },
            { code: 'no_admin', level: 'new' },
          ],
        },
      });
    }
  });

  it('isn’t noted of an organization that is gone', async () => {
    const gone = OrganizationId.parse('org_01ARZ3NDEKTSV4RRFFQ69G5FAV');
    await noteState(withinOrganization(plane, gone), { stage: 'active' });
    expect(await pages({ onboarding: 'active' }, 10)).toEqual([]);
  });
});

describe('what no two organizations have', () => {
  it('is given to one of thirty that ask for the same name at once', async () => {
    const outcomes = await Promise.allSettled(
      Array.from({ length: 30 }, (_, number) => found('One Name', `a@one-${number}.example`)),
    );
    const refusals = outcomes.flatMap((outcome) =>
      outcome.status === 'rejected' ? [outcome.reason.code] : [],
    );
    expect(refusals).toHaveLength(29);
    expect(refusals.every((code) => code === 'already_exists' || code === 'conflict')).toBe(true);
    expect(await search('one name')).toEqual(['One Name']);
  });

  it('is an external id, which is free again when it is given up', async () => {
    const first = await found('First Holder', 'a@first-holder.example', { externalId: 'X-1' });
    const second = await found('Second Holder', 'a@second-holder.example');
    const [at, other] = [withinOrganization(plane, first.id), withinOrganization(plane, second.id)];
    const take = { externalId: 'X-1', revision: 1 };
    await expect(updateOrganization({ scope: other, actor: superAdmin, now }, take)).rejects.toMatchObject({
      code: 'already_exists',
      fields: [{ path: 'externalId' }],
    });
    await updateOrganization({ scope: at, actor: superAdmin, now }, { externalId: null, revision: 1 });
    expect(await updateOrganization({ scope: other, actor: superAdmin, now }, take)).toMatchObject({
      externalId: 'X-1',
    });
    expect(await search('x-1')).toEqual(['Second Holder']);
  });
});

describe('changes of a subscription', () => {
  it('are listed newest first, with who, when, before and after, from the founding on', async () => {
    const { id, subscription } = await found('Historic', 'a@historic.example');
    const scope = withinOrganization(plane, id);
    const next = { plan: 'starter' as const, startDate: '2026-12-01' };
    const change = { subscription: next, revision: 1, dryRun: false };
    const actor = { ...superAdmin, name: 'Rita Root' };
    expect(await changeSubscription({ scope, actor, now }, change)).toMatchObject({
      allowances: expect.arrayContaining([{ allowance: 'seats', from: 50, to: 10 }]),
    });
    const [newest, first] = await subscriptionChangesAfter(scope, undefined, 10);
    expect(newest).toEqual({
      revision: 2,
      at: now.toISOString(),
      by: 'user_root',
      byName: 'Rita Root',
      role: 'super_admin',
      before: subscription,
      after: next,
    });
    expect(first).toMatchObject({ revision: 1, before: null, after: subscription });
    expect(await subscriptionChangesAfter(scope, 2, 10)).toEqual([first]);
  });
});
