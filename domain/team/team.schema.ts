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
 * A team's name in normalized form: case, Unicode normalization and runs of spaces don't make a different
 * name.
 */
export const teamNameKey = (name: string): string =>
  name.normalize('NFKC').toLowerCase().replaceAll(/\s+/g, ' ');

/** The maximum number of members. */
export const teamMembersLimit = 200;

/**
 * A member of a team. A legacy team's `admin` is a `leader` here, see the import. Legacy members may lack
 * address, name or joining time.
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
 * A team in a list. `revision` also counts changes of its members; `leaderId` is absent if no one leads it.
 */
export const TeamSummary = z.object({
  id: TeamId,
  name: z.string(),
  description: z.optional(z.string()),
  organizationId: OrganizationId,
  leaderId: z.optional(UserId),
  /** The lead's name; in lists only. */
  leaderName: z.optional(z.string()),
  createdBy: z.optional(z.string()),
  memberCount: z.int(),
  /** The number of the team's KPIs; in lists only. */
  kpiCount: z.optional(z.int()),
  createdAt: timestamp,
  updatedAt: timestamp,
  revision: z.int(),
});
export type TeamSummary = z.infer<typeof TeamSummary>;

/** A team. Members: the lead first, then by name. */
export const Team = z.extend(TeamSummary, {
  members: z.array(TeamMember),
  updatedBy: z.optional(UpdatedBy),
});
export type Team = z.infer<typeof Team>;

/** A team's name. NFKC can make a string longer, and sort keys are limited to 1,024 bytes. */
export const teamName = line(80).check(
  z.refine((name) => teamNameKey(name).length <= 160, orElse('too_long_for_its_key')),
);

/** A team's description, a few lines. */
export const teamDescription = paragraph(500);

const promotesLeaders = {
  if: { properties: { promote: { const: true } }, required: ['promote'] },
  // biome-ignore lint/suspicious/noThenProperty: JSON Schema has this word
  then: { properties: { role: { const: 'leader' } } },
};

/** The input of a new team; with `leaderId`, it starts with a lead. */
export const NewTeam = z.strictObject({
  name: teamName,
  description: z.optional(teamDescription),
  leaderId: z.optional(UserId),
});
export type NewTeam = z.infer<typeof NewTeam>;

/** The changeable fields of a team; `null` removes the description. */
export const TeamChange = z
  .strictObject({
    name: z.optional(teamName),
    description: z.optional(z.nullable(teamDescription)),
  })
  .check(changesSomething);
export type TeamChange = z.infer<typeof TeamChange>;

/**
 * A user's intended role in a team. With `promote`, a team member who becomes its lead also gets the role
 * team lead in the organization.
 */
export const Membership = z.strictObject({ role: TeamRole, promote: z.optional(z.boolean()) }).check(
  rule(({ role, promote }) => promote !== true || role === 'leader', {
    ...orElse('promotes_a_leader_only'),
    path: ['promote'],
    says: { jsonSchema: promotesLeaders },
  }),
);

const addedAtOnce = 25;

/** Users to add as members; duplicates are added once. */
export const NewMembers = z.strictObject({
  userIds: z
    .array(UserId)
    .check(
      z.minLength(1, orElse('names_nobody')),
      z.maxLength(addedAtOnce, orElse('too_many_at_once', { most: addedAtOnce })),
    ),
});

/** The resulting team, and the outcome for each user, in order. */
export const AddedMembers = z.object({
  team: Team,
  results: z.array(
    z.object({
      userId: UserId,
      status: z.enum(['added', 'already_member', 'refused']),
      /** Why they were refused: the API's error code, and a message for people. */
      code: z.optional(z.string()),
      message: z.optional(z.string()),
      reason: z.optional(z.string()),
      params: z.optional(z.record(z.string(), z.union([z.string(), z.number()]))),
    }),
  ),
});
export type AddedMembers = z.infer<typeof AddedMembers>;

/** `search`: each word must start a word of the name. */
export const TeamListQuery = z.extend(pageQuery, { search: z.optional(line(120)) });
export const TeamPage = page(TeamSummary);
