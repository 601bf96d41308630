import { subject } from '@casl/ability';
import { describe, expect, it } from 'vitest';
import { abilityOf, allows, mayAllow, rulesFor } from '../../../domain/access/ability.ts';
import type { Member } from '../../../domain/access/member.ts';
import { actions } from '../../../domain/access/permission.ts';
import { type Role, roles } from '../../../domain/access/roles.schema.ts';
import type { Instance } from '../../../domain/access/rules.ts';
import { newOrganizationId, newTeamId, PLATFORM } from '../../../domain/ids.ts';
import { subjects } from '../../../domain/nouns.ts';

const own = newOrganizationId(new Date());
const foreign = newOrganizationId(new Date());
const [led, joined, other] = [newTeamId(new Date()), newTeamId(new Date()), newTeamId(new Date())];

const member = (role: Role): Member => ({
  role,
  userId: 'user_1',
  organizationId: role === 'super_admin' ? PLATFORM : own,
  teams: { [led]: 'leader', [joined]: 'member' },
});
const abilities = (role: Role) => abilityOf(rulesFor(member(role)));

/** Everything a role may do to an instance, as `action subject`. */
const granted = (role: Role, instance: Instance) =>
  subjects.flatMap((subject) =>
    actions
      .filter((action) => allows(abilities(role), action, subject, instance))
      .map((action) => `${action} ${subject}`),
  );

/** All actions on an editable subject. */
const everything = (subject: string) =>
  ['create', 'read', 'list', 'update', 'delete'].map((action) => `${action} ${subject}`);

/** What users may do with comments if they can see their subject, and more. */
const said = (...more: readonly string[]) => ['create', 'list', ...more].map((action) => `${action} Comment`);

/** What all users may do with their personal data. */
const ownData = [
  ...['create PersonData', 'read PersonData', 'export PersonData'],
  ...['create Erasure', 'read Erasure', 'delete Erasure'],
  ...['read MailSettings', 'update MailSettings'],
];

describe('access rules', () => {
  it('let the super admin do everything in every organization but consent for it, and make what stays', () => {
    const all = granted('super_admin', { organizationId: foreign });
    expect(all).toHaveLength((subjects.length - 1) * actions.length - 6);
    const refused = /SupportConsent$|^(create|update) (ApiKey|Webhook)$|^(create|delete) Erasure$/;
    expect(all.filter((one) => refused.test(one))).toEqual([]);
  });

  it('give nothing to who is called a super admin in an organization', () => {
    const impostor = { ...member('super_admin'), organizationId: own };
    expect(rulesFor(impostor)).toEqual([]);
  });

  it('let an org admin do exactly this in their own organization', () => {
    expect(granted('org_admin', { organizationId: own })).toEqual([
      'read Organization',
      'update Organization',
      ...['read User', 'list User', 'update User', 'delete User'],
      ...everything('Invitation'),
      ...everything('Team'),
      'update TeamMember',
      'delete TeamMember',
      ...everything('Kpi'),
      'create CheckIn',
      'list CheckIn',
      'update CheckIn',
      ...everything('Initiative'),
      ...said('delete'),
      'read MailSettings',
      'list AuditEntry',
      ...['export AuditEntry', 'undo AuditEntry'],
      ...['create AuditCheckpoint', 'read AuditCheckpoint'],
      'list UsageSnapshot',
      'read Analytics',
      'read Onboarding',
      'read Access',
      ...['read SupportAccess', 'list SupportAccess', 'delete SupportAccess'],
      'create SupportConsent',
      'update SupportConsent',
      ...['create ApiKey', 'read ApiKey', 'list ApiKey', 'delete ApiKey'],
      ...everything('Webhook'),
      'create DataExport',
      'read DataExport',
      'export DataExport',
      ...['create PersonData', 'read PersonData', 'export PersonData'],
      ...['create Erasure', 'read Erasure', 'delete Erasure'],
    ]);
  });

  it.each(['status', 'subscription', 'name', 'plan'])('let an org admin not change the field %s', (field) => {
    expect(abilities('org_admin').can('update', 'Organization', field)).toBe(false);
  });

  it.each(['team_leader', 'team_member'] as const)(
    'let a %s read the summary of the organization, and what is nobody’s in particular only listed',
    (role) => {
      const listed = role === 'team_leader' ? ['list User', 'list Invitation'] : [];
      expect(granted(role, { organizationId: own })).toEqual([
        'read Organization',
        ...listed,
        'list Team',
        'list Kpi',
      ]);
      expect(abilities(role).can('read', 'Organization', 'contactPerson')).toBe(false);
    },
  );

  it('let a leader run the team they lead, below their own role', () => {
    expect(granted('team_leader', { organizationId: own, teamId: led, role: 'member' })).toEqual([
      'read Organization',
      'list User',
      'list Invitation',
      'read Team',
      'list Team',
      'update Team',
      'update TeamMember',
      'delete TeamMember',
      ...everything('Kpi'),
      'create CheckIn',
      'list CheckIn',
      'update CheckIn',
      ...everything('Initiative'),
      ...said('delete'),
      'read Analytics',
    ]);
    const leader = { organizationId: own, teamId: led, role: 'leader' };
    expect(allows(abilities('team_leader'), 'update', 'TeamMember', leader)).toBe(false);
    const invitation = { organizationId: own, teamId: led };
    for (const action of ['create', 'read', 'update', 'delete'] as const) {
      const may = (role: string) =>
        allows(abilities('team_leader'), action, 'Invitation', { ...invitation, role });
      expect([may('team_member'), may('org_admin')]).toEqual([true, false]);
    }
  });

  it('let a leader only look at a team they are merely in, and not at others', () => {
    const beyondListing = (teamId: string) =>
      granted('team_leader', { organizationId: own, teamId }).filter((grant) => !grant.startsWith('list '));
    expect(beyondListing(joined)).toEqual([
      'read Organization',
      'read Team',
      'read Kpi',
      'read Initiative',
      'create Comment',
    ]);
    expect(beyondListing(other)).toEqual(['read Organization']);
  });

  it('let nobody lead by a team’s word alone: the role is needed too', () => {
    expect(granted('team_member', { organizationId: own, teamId: led })).toEqual(
      granted('team_member', { organizationId: own, teamId: joined }),
    );
  });

  it('let a leader read users of the teams they lead only', () => {
    const reads = (teamIds: string[]) =>
      allows(abilities('team_leader'), 'read', 'User', { organizationId: own, userId: 'user_2', teamIds });
    expect(reads([other, led])).toBe(true);
    expect(reads([other, joined])).toBe(false);
  });

  it('let a member report on what is assigned to them', () => {
    const kpi = (assigneeIds: string[]) => ({ organizationId: own, teamId: other, assigneeIds });
    expect(allows(abilities('team_member'), 'create', 'CheckIn', kpi(['user_2', 'user_1']))).toBe(true);
    expect(allows(abilities('team_member'), 'create', 'CheckIn', kpi(['user_2']))).toBe(false);
    expect(allows(abilities('team_member'), 'update', 'Kpi', kpi(['user_1']))).toBe(false);
  });

  it.each<[string, Instance, readonly string[]]>([
    [
      'what is assigned to them',
      { organizationId: own, teamId: other, assigneeIds: ['user_2', 'user_1'] },
      ['read Kpi', 'create CheckIn', 'list CheckIn', 'read Initiative', 'list Initiative', ...said()],
    ],
    [
      'what they have said of what is assigned to them',
      { organizationId: own, teamId: other, assigneeIds: ['user_1'], userId: 'user_1' },
      [
        ...['read User', 'read Kpi', 'create CheckIn', 'list CheckIn', 'delete CheckIn', 'read Initiative'],
        ...[
          'list Initiative',
          'update Initiative',
          ...said('update', 'delete'),
          'read Analytics',
          ...ownData,
        ],
      ],
    ],
    [
      'what they have said in a team of theirs',
      { organizationId: own, teamId: joined, userId: 'user_1' },
      [
        ...['read User', 'read Team', 'read Kpi', 'list CheckIn', 'read Initiative', 'list Initiative'],
        ...['update Initiative', ...said('update', 'delete'), 'read Analytics', ...ownData],
      ],
    ],
    [
      'themselves, and what they own, where they aren’t in the team',
      { organizationId: own, teamId: other, userId: 'user_1' },
      ['read User', 'read Initiative', 'update Initiative', 'read Analytics', ...ownData],
    ],
    [
      'nothing of what is another’s in a team that they aren’t in',
      { organizationId: own, teamId: other, userId: 'user_2', assigneeIds: ['user_2'] },
      [],
    ],
  ])('let members and leaders alike do this with %s, and no more', (_, instance, expected) => {
    const everybodys = ['read Organization', 'list Team', 'list Kpi'];
    const lists = ['list User', 'list Invitation'];
    expect(granted('team_member', instance).toSorted()).toEqual([...everybodys, ...expected].toSorted());
    expect(granted('team_leader', instance).toSorted()).toEqual(
      [...everybodys, ...lists, ...expected].toSorted(),
    );
  });

  it('let an admin take back only check-ins of their own, and change only what they have said themselves', () => {
    for (const [does, what] of [['delete', 'CheckIn'] as const, ['update', 'Comment'] as const]) {
      const may = (userId: string) =>
        allows(abilities('org_admin'), does, what, { organizationId: own, teamId: led, userId });
      expect([may('user_1'), may('user_2')]).toEqual([true, false]);
    }
  });

  it('let a leader take back only check-ins of their own in the team that they lead', () => {
    const may = (userId: string, teamId: string) =>
      allows(abilities('team_leader'), 'delete', 'CheckIn', { organizationId: own, teamId, userId });
    expect([may('user_1', led), may('user_2', led), may('user_1', joined)]).toEqual([true, false, false]);
  });

  it('let the owner of an initiative change its status, and nothing else', () => {
    const initiative = (userId: string) =>
      subject('Initiative', { organizationId: own, teamId: other, userId });
    const mayChange = (userId: string, field: string) =>
      abilities('team_member').can('update', initiative(userId), field);
    expect(['status', 'title', 'ownerId'].map((field) => mayChange('user_1', field))).toEqual([
      true,
      false,
      false,
    ]);
    expect(mayChange('user_2', 'status')).toBe(false);
    expect(abilities('team_member').can('delete', initiative('user_1'))).toBe(false);
  });

  it.each(roles.filter((role) => role !== 'super_admin'))(
    'give a %s nothing in another organization',
    (role) => {
      const instance = { organizationId: foreign, userId: 'user_1', teamId: led, assigneeIds: ['user_1'] };
      expect(granted(role, instance)).toEqual([]);
    },
  );

  it('say of a subject without an instance only whether to look further', () => {
    expect(mayAllow(abilities('team_member'), 'create', 'CheckIn')).toBe(true);
    expect(mayAllow(abilities('team_member'), 'delete', 'Kpi')).toBe(false);
  });
});
