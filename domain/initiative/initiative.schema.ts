import * as z from 'zod/mini';
import { refusals } from '../errors.ts';
import { KpiId, OrganizationId, prefixedUlid, TeamId, UserId } from '../ids.ts';
import { page, pageQuery } from '../page.schema.ts';
import { changesSomething } from '../rule.schema.ts';
import { line, paragraph } from '../text.schema.ts';
import { givenDate, timestamp } from '../time.schema.ts';
import { UpdatedBy } from '../updated-by.schema.ts';

/** `initiative_` + ULID. */
export const InitiativeId = prefixedUlid('initiative', 'an initiative', 'InitiativeId');
export type InitiativeId = z.infer<typeof InitiativeId>;

export const InitiativeStatus = z.enum(['planned', 'active', 'done', 'dropped']);
export type InitiativeStatus = z.infer<typeof InitiativeStatus>;

/** What a team does to move a KPI. It belongs to the KPI's team or person. */
export const Initiative = z.object({
  id: InitiativeId,
  organizationId: OrganizationId,
  kpiId: KpiId,
  kpiName: z.string(),
  /** The KPI's team; absent if a person owns the KPI. */
  teamId: z.optional(TeamId),
  title: z.string(),
  /** The responsible user. */
  ownerId: UserId,
  /** The owner's name; absent once they have left. */
  ownerName: z.optional(z.string()),
  dueDate: z.string(),
  status: InitiativeStatus,
  notes: z.optional(z.string()),
  createdBy: z.string(),
  createdAt: timestamp,
  updatedAt: timestamp,
  updatedBy: z.optional(UpdatedBy),
  revision: z.int(),
});
export type Initiative = z.infer<typeof Initiative>;

const title = line(120);
const notes = paragraph(2000);

export const NewInitiative = z.strictObject({
  title,
  ownerId: UserId,
  dueDate: givenDate,
  status: z._default(InitiativeStatus, 'planned'),
  notes: z.optional(notes),
});
export type NewInitiative = z.infer<typeof NewInitiative>;

/** The changeable fields; `null` removes the notes. */
export const InitiativeChange = z
  .strictObject({
    title: z.optional(title),
    ownerId: z.optional(UserId),
    dueDate: z.optional(givenDate),
    status: z.optional(InitiativeStatus),
    notes: z.optional(z.nullable(notes)),
  })
  .check(changesSomething);
export type InitiativeChange = z.infer<typeof InitiativeChange>;

export const InitiativeListQuery = pageQuery;
export const InitiativePage = page(Initiative);

export const initiativeRefusals = refusals({
  initiative_owner_not_found: [
    'validation_failed',
    'User not found in this organization, or deactivated.',
    'ownerId',
  ],
});
