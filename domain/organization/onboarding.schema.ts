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

/** What an organization's stage is derived from. */
interface StageFacts {
  readonly admins: number;
  readonly users: number;
  readonly openInvitations: number;
  readonly teams: number;
  readonly kpis: number;
  /** Whether anybody has ever checked in. */
  readonly checkedIn: boolean;
}

const reached: Readonly<Record<Stage, (facts: StageFacts) => boolean>> = {
  invited: () => true,
  admin_joined: ({ admins }) => admins > 0,
  people_invited: ({ users, openInvitations }) => users + openInvitations > 1,
  team_created: ({ teams }) => teams > 0,
  kpi_created: ({ kpis }) => kpis > 0,
  active: ({ checkedIn }) => checkedIn,
};

/** The last stage that is reached together with all before it. */
export function stageOf(facts: StageFacts): Stage {
  const missing = stages.findIndex((stage) => !reached[stage](facts));
  return stages[missing === -1 ? stages.length - 1 : missing - 1] ?? 'invited';
}

/** The stages that are reached on the way from one to another; none on the way back. */
export const stagesBetween = (from: Stage, to: Stage): readonly Stage[] =>
  stages.slice(stages.indexOf(from) + 1, stages.indexOf(to) + 1);

/** The steps of the checklist, in the order in which they make sense. */
export const Step = z.enum([
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

/**
 * An organization's way into the product. Everything here is derived from what is there; nothing is a stored
 * flag.
 */
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
