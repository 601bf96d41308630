import type { TeamRole } from '../access/roles.schema.ts';
import type { TeamId, UserId } from '../ids.ts';
import { acts, initially, item, noun, number, optional, text } from '../table/item.ts';
import { memberIndex } from '../table/layout.ts';

/** A team's counts, updated in the transaction that changes what they count; exists as long as the team. */
export const TeamCountersItem = item({
  name: 'teamCounters',
  key: ['{organizationId}#team', '{teamId}#counters'],
  attributes: {
    teamId: text<TeamId>(),
    kpis: initially(number(), 0),
  },
});

/** A membership of a team, with the user's address and name. */
export const TeamMemberItem = item({
  name: 'teamMember',
  key: ['{organizationId}#team', '{teamId}#member#{userId}'],
  shown: {
    teamId: text<TeamId>(),
    userId: text<UserId>(),
    email: optional(text()),
    name: optional(text()),
    role: text<TeamRole>(),
    joinedAt: optional(text()),
  },
  places: {
    byMember: { index: memberIndex, key: ['{organizationId}#member#{userId}', 'team#{teamId}'] },
  },
  trail: {
    unstampedNoun: 'team-member',
    ...acts({
      'takes away': ['team.member-added'],
      'puts back': ['team.member-role-changed'],
      'brings back': ['team.member-removed'],
    }),
    secondary: ['name', 'email'],
  },
});

/** A team's name within its organization: claims make names unique, and teams are listed by them. */
export const TeamNameItem = item({
  name: 'teamName',
  key: ['{organizationId}#team-name', '{name}'],
  attributes: {
    name: text(),
    teamId: text<TeamId>(),
  },
});

/** A team. Its members are separate items below its sort key, so that one query reads everything. */
export const TeamItem = item({
  name: 'team',
  key: ['{organizationId}#team', '{teamId}'],
  shown: {
    teamId: text<TeamId>(),
    name: text(),
    description: optional(text()),
    leaderId: optional(text<UserId>()),
    createdBy: optional(text()),
  },
  hidden: {
    memberCount: number(),
  },
  trail: {
    ...acts({
      'never: creation': ['team.created'],
      'puts back': ['team.updated'],
      'brings back': ['team.deleted'],
      'takes away': ['team.restored'],
      'never: import': ['team.imported', 'team.import-undone'],
    }),
    secondary: ['leaderId'],
  },
});

export const teamNoun = noun({
  name: 'team',
  subjects: ['Team', 'TeamMember'],
  items: [TeamCountersItem, TeamMemberItem, TeamNameItem, TeamItem],
});
