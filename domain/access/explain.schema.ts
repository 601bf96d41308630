import * as z from 'zod/mini';
import { orElse } from '../field-errors.ts';
import { UserId } from '../ids.ts';
import { subjects } from '../nouns.ts';
import { rule } from '../rule.schema.ts';
import { actions, type Subject } from './permission.ts';
import { Role } from './roles.schema.ts';

/** The subject named by a resource, case-insensitive; undefined if unknown. */
export const subjectOf = (resource: string): Subject | undefined =>
  subjects.find((subject) => subject.toLowerCase() === resource.split('/')[0]?.toLowerCase());

/**
 * May a user do this? `resource` is a subject (`Team`: on at least one) or one item (`Team/team_…`,
 * `User/user_…`, `Kpi/kpi_…`, `Invitation/inv_…`). Without `userId` it is about the caller.
 */
export const AccessQuestion = z.strictObject({
  action: z.enum(actions),
  resource: z.string().check(
    z.regex(/^[A-Za-z]{1,32}(?:\/\w{1,80})?$/, orElse('not_a_subject')),
    rule((resource) => subjectOf(resource) !== undefined, {
      ...orElse('unknown_subject', { subjects: subjects.join(', ') }),
      says: { jsonSchema: { pattern: `^(?:${subjects.join('|')})(?:/\\w{1,80})?$` } },
    }),
  ),
  userId: z.optional(UserId),
});
export type AccessQuestion = z.infer<typeof AccessQuestion>;

/** The answer, with every relevant rule. The first matching one decides; if none matches, it is refused. */
export const AccessExplanation = z.object({
  allowed: z.boolean(),
  /** The deciding rule, as text. */
  reason: z.string(),
  userId: UserId,
  role: Role,
  action: z.enum(actions),
  resource: z.string(),
  rules: z.array(z.object({ rule: z.string(), holds: z.boolean() })),
});
export type AccessExplanation = z.infer<typeof AccessExplanation>;
