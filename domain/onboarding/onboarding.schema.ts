import * as z from 'zod/mini';

/** How far an organization has come, in order: each stage means that all before it are reached too. */
export const stages = [
  'invited',
  'admin_joined',
  'people_invited',
  'team_created',
  'kpi_created',
  'active',
] as const;
export const Stage = z.enum(stages);
export type Stage = z.infer<typeof Stage>;

/** The steps of the checklist, in the order in which they make sense. */
const Step = z.enum([
  'admin_joined',
  'contact_complete',
  'people_invited',
  'colleague_joined',
  'team_created',
  'leader_named',
  'kpi_created',
  'first_check_in',
]);
export type Step = z.infer<typeof Step>;

/** An organization's way into the product. Everything here is derived from what is there; nothing is a stored flag. */
export const Onboarding = z.object({
  stage: Stage,
  steps: z.array(
    z.object({
      step: Step,
      title: z.string(),
      /** What to do and what it is good for, in one sentence. */
      hint: z.string(),
      done: z.boolean(),
      /** The page of the web app where it is done. */
      link: z.string(),
    }),
  ),
  /** How many steps are done. */
  done: z.int(),
  /** The first step that isn't done, or null when all are. */
  next: z.nullable(Step),
});
export type Onboarding = z.infer<typeof Onboarding>;
