import * as z from 'zod/mini';

/** Onboarding stages in order: each implies all earlier ones. */
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

/** The facts that a stage is derived from. */
interface StageFacts {
  readonly admins: number;
  readonly users: number;
  readonly openInvitations: number;
  readonly teams: number;
  readonly kpis: number;
  /** Whether there has ever been a check-in. */
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

/** The last stage reached together with all earlier ones. */
export function stageOf(facts: StageFacts): Stage {
  const missing = stages.findIndex((stage) => !reached[stage](facts));
  return stages[missing === -1 ? stages.length - 1 : missing - 1] ?? 'invited';
}

/** The stages reached on the way from one to another; none if it goes back. */
export const stagesBetween = (from: Stage, to: Stage): readonly Stage[] =>
  stages.slice(stages.indexOf(from) + 1, stages.indexOf(to) + 1);

/** The checklist's steps, in a sensible order. */
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

/** An organization's setup checklist, derived from existing data; there are no stored flags. */
export const Onboarding = z.object({
  stage: Stage,
  steps: z.array(
    z.object({
      step: Step,
      title: z.string(),
      /** What to do and why, in one sentence. */
      hint: z.string(),
      done: z.boolean(),
      /** The page of the web app where it is done. */
      link: z.string(),
    }),
  ),
  /** The number of completed steps. */
  done: z.int(),
  /** The first incomplete step, or null if all are complete. */
  next: z.nullable(Step),
});
export type Onboarding = z.infer<typeof Onboarding>;
