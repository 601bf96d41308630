import type { Actor } from '../../../domain/actor.ts';
import { createInitiative } from '../../../domain/initiative/create-initiative.ts';
import { updateInitiative } from '../../../domain/initiative/update-initiative.ts';
import type { Kpi } from '../../../domain/kpi/kpi.schema.ts';
import type { OrganizationScope } from '../../../domain/table/scope.ts';
import type { User } from '../../../domain/user/profile.schema.ts';
import { seedActor } from './accept-invitation.ts';
import { storyOf } from './kpi-stories.ts';

const dayMs = 86_400_000;

interface Begun {
  readonly scope: OrganizationScope;
  readonly admin: Actor;
  readonly now: Date;
  /** Who may own one, the KPI's leader first. */
  readonly people: readonly User[];
  readonly since: Date;
}

/** Begins what the seed's teams do to move a KPI, a week apart, and sets how far each has come. */
export async function startInitiatives(kpi: Kpi, { scope, admin, now, people, since }: Begun): Promise<void> {
  for (const [index, plan] of (storyOf(kpi.name).initiatives ?? []).entries()) {
    const owner = people[index % people.length];
    if (owner === undefined) return;
    const begun = new Date(Math.min(since.getTime() + (index + 1) * 7 * dayMs, now.getTime()));
    const due = new Date(now.getTime() + plan.dueInDays * dayMs);
    const made = await createInitiative(
      { scope, actor: admin, now: begun },
      {
        kpi,
        input: {
          title: plan.title,
          ownerId: owner.userId,
          dueDate: due.toISOString().slice(0, 10),
          status: 'planned',
          notes: plan.notes,
        },
      },
    );
    if (plan.status === 'planned') continue;
    const moved = new Date(Math.min(begun.getTime() + 9 * dayMs, now.getTime()));
    const actor = seedActor(owner.userId, owner);
    await updateInitiative({ scope, actor, now: moved }, made, { revision: 1, status: plan.status });
  }
}
