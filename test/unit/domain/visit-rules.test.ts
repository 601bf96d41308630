import { describe, expect, it } from 'vitest';
import { abilityOf, allows, rulesFor } from '../../../domain/access/ability.ts';
import type { Member } from '../../../domain/access/member.ts';
import { actions } from '../../../domain/access/permission.ts';
import { roles } from '../../../domain/access/roles.schema.ts';
import {
  goesOnWhileLeaving,
  isChangedWhileLeaving,
  rulesOfVisit,
  type Visit,
} from '../../../domain/access/rules.ts';
import { newOrganizationId, newTeamId } from '../../../domain/ids.ts';
import { subjects } from '../../../domain/nouns.ts';

const now = new Date('2026-11-25T12:00:00.000Z');
const [organizationId, other, teamId] = [newOrganizationId(now), newOrganizationId(now), newTeamId(now)];
const instance = { organizationId, teamId, userId: 'user_1', assigneeIds: ['user_1'], teamIds: [teamId] };

/** Everything that a visit allows, as `list Kpi`. */
function allowed(visit: Visit, on = instance): string[] {
  const ability = abilityOf(rulesOfVisit(organizationId, visit));
  const all = subjects.flatMap((subject) => actions.map((action) => ({ action, subject })));
  return all
    .filter(({ action, subject }) => allows(ability, action, subject, on))
    .map(({ action, subject }) => `${action} ${subject}`);
}

const ofSupport = (one: string) => one.endsWith(' SupportAccess');
const isReading = (one: string) => /^(read|list|export) /.test(one);

describe('one of the platform’s people in an organization', () => {
  it('has without support access what is the platform’s business, and may ask for it', () => {
    const own = actions.map((action) => `${action} SupportAccess`);
    expect(allowed({ mode: 'none' }).toSorted()).toEqual(
      [...own, 'read Organization', 'read DataExport', 'list UsageSnapshot'].toSorted(),
    );
  });

  it('reads everything and changes nothing, when it is to read', () => {
    const all = allowed({ mode: 'read' }).filter((one) => !ofSupport(one));
    expect(all.every(isReading)).toBe(true);
    expect(all).toHaveLength((subjects.length - 1) * 3);
  });

  it('does everything but consent and what stays, when it is to change', () => {
    const all = allowed({ mode: 'change' });
    expect(all).toHaveLength((subjects.length - 1) * actions.length - 6);
    const refused = /SupportConsent$|^(create|update) (ApiKey|Webhook)$|^(create|delete) Erasure$/;
    expect(all.filter((one) => refused.test(one))).toEqual([]);
  });

  it.each(roles.filter((role) => role !== 'super_admin'))('reads as a %s what that user reads', (role) => {
    const as: Member = { userId: 'user_1', role, organizationId, teams: { [teamId]: 'leader' } };
    const theirs = abilityOf(rulesFor(as));
    const expected = subjects
      .flatMap((subject) => actions.map((action) => ({ action, subject })))
      .filter(({ action, subject }) => allows(theirs, action, subject, instance))
      .map(({ action, subject }) => `${action} ${subject}`)
      .filter((one) => isReading(one) && !ofSupport(one));
    expect(allowed({ mode: 'view', as }).filter((one) => !ofSupport(one))).toEqual(expected);
  });

  it('has nothing in another organization, however they are in this one', () => {
    const as: Member = { userId: 'user_1', role: 'org_admin', organizationId, teams: {} };
    for (const visit of [
      { mode: 'none' },
      { mode: 'read' },
      { mode: 'change' },
      { mode: 'view', as },
    ] as const)
      expect(allowed(visit, { ...instance, organizationId: other })).toEqual([]);
  });
});

describe('an organization that leaves', () => {
  const going = (goesOn: (action: string, subject: string) => boolean) =>
    subjects.flatMap((what) =>
      actions.filter((action) => goesOn(action, what)).map((action) => `${action} ${what}`),
    );
  const support = ['SupportAccess', 'SupportConsent', 'DataExport', 'PersonData'];
  const changed = [
    ...support.flatMap((what) => actions.map((action) => `${action} ${what}`)),
    ...['delete ApiKey', 'delete Webhook'],
  ];

  it('changes who of the platform is in and what it takes along, and closes ways in: nothing else', () => {
    expect(going(isChangedWhileLeaving).toSorted()).toEqual(changed.toSorted());
  });

  it('is read as before', () => {
    const reading = ['read', 'list', 'export'];
    const read = subjects.flatMap((what) => reading.map((action) => `${action} ${what}`));
    expect(new Set(going(goesOnWhileLeaving))).toEqual(new Set([...changed, ...read]));
  });
});
