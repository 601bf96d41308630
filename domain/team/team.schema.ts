import * as z from 'zod/mini';
import { TeamRole } from '../access/roles.schema.ts';
import { orElse } from '../field-errors.ts';
import { OrganizationId, TeamId, UserId } from '../ids.ts';
import { page, pageQuery } from '../page.schema.ts';
import { changesSomething, rule } from '../rule.schema.ts';
import { line, paragraph } from '../text.schema.ts';
import { timestamp } from '../time.schema.ts';
import { UpdatedBy } from '../updated-by.schema.ts';

/**
 * A team's name as names are compared: case, the encoding of accents and runs of spaces don't make another
 * name.
 */
export const teamNameKey = (name: string): string =>
  name.normalize('NFKC').toLowerCase().replaceAll(/\s+/g, ' ');

/** A team has this many members at most. */
export const teamMembersLimit = 200;

/**
 * Somebody in a team. What the seed calls `admin` of a team is a `leader` here, see the import. Legacy
 * members may come without address, name or the time they joined at.
 */
export const TeamMember = z.object({
  userId: UserId,
  email: z.optional(z.string()),
  name: z.optional(z.string()),
  role: TeamRole,
  joinedAt: z.optional(timestamp),
});
export type TeamMember = z.infer<typeof TeamMember>;

/**
 * A team as a list shows it. `revision` counts changes of its members too; `leaderId` is missing while nobody
 * leads it.
 */
export const TeamSummary = z.object({
  id: TeamId,
  name: z.string(),
  description: z.optional(z.string()),
  organizationId: OrganizationId,
  leaderId: z.optional(UserId),
  /** The leader's name, where teams are listed. */
  leaderName: z.optional(z.string()),
  createdBy: z.optional(z.string()),
  memberCount: z.int(),
  /** How many KPIs are the team's, where teams are listed. */
  kpiCount: z.optional(z.int()),
  createdAt: timestamp,
  updatedAt: timestamp,
  revision: z.int(),
});
export type TeamSummary = z.infer<typeof TeamSummary>;

/** The seed's team. Members: the leader first, then by name. */
export const Team = z.extend(TeamSummary, {
  members: z.array(TeamMember),
  updatedBy: z.optional(UpdatedBy),
});
export type Team = z.infer<typeof Team>;

/** A team's name as people give it. NFKC can make a text longer, and a sort key holds 1,024 bytes. */
export const teamName = line(80).check(
  z.refine((name) => teamNameKey(name).length <= 160, orElse('too_long_for_its_key')),
);

/** What a team is for, in some lines. */
export const teamDescription = paragraph(500);

const promotesLeaders = {
  if: { properties: { promote: { const: true } }, required: ['promote'] },
  // biome-ignore lint/suspicious/noThenProperty: JSON Schema has this word
  then: { properties: { role: { const: 'leader' } } },
};

/** What a team is made of; with `leaderId` it begins with its leader. */
export const NewTeam = z.strictObject({
  name: teamName,
  description: z.optional(teamDescription),
  leaderId: z.optional(UserId),
});
export type NewTeam = z.infer<typeof NewTeam>;

/** What may be changed of a team itself; `null` takes the description away. */
export const TeamChange = z
  .strictObject({
    name: z.optional(teamName),
    description: z.optional(z.nullable(teamDescription)),
  })
  .check(changesSomething);
export type TeamChange = z.infer<typeof TeamChange>;

/**
 * What somebody is to be in a team. With `promote` a team member who becomes its leader gets the role team
 * leader in the organization with it.
 */
export const Membership = z.strictObject({ role: TeamRole, promote: z.optional(z.boolean()) }).check(
  rule(({ role, promote }) => promote !== true || role === 'leader', {
    ...orElse('promotes_a_leader_only'),
    path: ['promote'],
    says: { jsonSchema: promotesLeaders },
  }),
);

const addedAtOnce = 25;

/** Who is added to a team as a member; somebody who is named twice is added once. */
export const NewMembers = z.strictObject({
  userIds: z
    .array(UserId)
    .check(
      z.minLength(1, orElse('names_nobody')),
      z.maxLength(addedAtOnce, orElse('too_many_at_once', { most: addedAtOnce })),
    ),
});

/** The team as it is then, and what came of each person, in the order given. */
export const AddedMembers = z.object({
  team: Team,
  results: z.array(
    z.object({
      userId: UserId,
      status: z.enum(['added', 'already_member', 'refused']),
      /** Why they were refused: an error code of the API, and a sentence for a person. */
      code: z.optional(z.string()),
      message: z.optional(z.string()),
      reason: z.optional(z.string()),
      params: z.optional(z.record(z.string(), z.union([z.string(), z.number()]))),
    }),
  ),
});
export type AddedMembers = z.infer<typeof AddedMembers>;

/** `search`: words that must each begin a word of the name. */
export const TeamListQuery = z.extend(pageQuery, { search: z.optional(line(120)) });
export const TeamPage = page(TeamSummary);
