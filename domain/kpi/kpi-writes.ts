import type { KpiId, UserId } from '../ids.ts';
import { entityOf } from '../table/entity.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { deleteOperation, type Write } from '../table/transaction.ts';
import { type New, replace } from '../table/writes.ts';
import { countTeamKpi } from '../team/team-writes.ts';
import { checkActiveUser } from '../user/find-user.ts';
import type { Goal } from './goal.schema.ts';
import { AssignmentItem, type KpiItem } from './kpi.noun.ts';
import { kpiRefusals } from './kpi.refusals.ts';
import { assigneesOf, holderOf, type Kpi, type NewKpi, teamOf } from './kpi.schema.ts';

type Attributes = Omit<
  New<typeof KpiItem>,
  'kpiId' | 'createdBy' | 'latest' | 'recent' | 'computed' | 'feeds' | 'confidence'
>;

/**
 * The attributes of a stored KPI that users provide. All are required here, so that forgetting one, or a
 * field of `NewKpi` that `KpiItem` doesn't store, is a type error.
 */
export type KpiContent = {
  readonly [Name in keyof Attributes | Exclude<keyof NewKpi, keyof Goal>]-?: Attributes[Name];
};

/** The stored attributes of a KPI's input. */
export const contentOf = ({
  name,
  description,
  unit,
  owner,
  assigneeIds,
  direction,
  baseline,
  target,
  period,
  formula,
}: NewKpi): KpiContent => ({
  name,
  description,
  unit,
  owner,
  assigneeIds,
  goal: { direction, baseline, target, period },
  formula,
  holder: holderOf({ owner }),
});

type People = Pick<Kpi, 'owner' | 'assigneeIds'>;

const pathOf = ({ assigneeIds }: People, userId: UserId) => {
  const index = assigneeIds.indexOf(userId);
  return index === -1 ? 'owner.userId' : `assigneeIds.${index}`;
};

/** The writes that assign more people to a KPI. Each must be an active user at that time. */
const assign = (scope: OrganizationScope, kpiId: KpiId, people: People, added: UserId[]): Write[] =>
  added.flatMap((userId) => [
    checkActiveUser(scope, userId, () =>
      kpiRefusals.kpi_user_not_found({}, { path: pathOf(people, userId) }),
    ),
    replace(scope, AssignmentItem, { userId, kpiId }),
  ]);

/** The writes that count a KPI at its team, which must exist at that time. */
function moveToTeam(scope: OrganizationScope, before: People | null, after: People | null): Write[] {
  const old = before === null ? undefined : teamOf(before);
  const next = after === null ? undefined : teamOf(after);
  if (old === next) return [];
  return [
    ...(old === undefined ? [] : [countTeamKpi(scope, old, -1)]),
    ...(next === undefined
      ? []
      : [{ ...countTeamKpi(scope, next, 1), refusal: kpiRefusals.kpi_team_not_found }]),
  ];
}

/**
 * The writes that move a KPI to other people and teams. `before` is null for a new KPI, `after` for a
 * deleted one.
 */
export function movePeople(
  scope: OrganizationScope,
  kpiId: KpiId,
  before: People | null,
  after: People | null,
): Write[] {
  const { organizationId } = scope;
  const had = before === null ? [] : assigneesOf(before);
  const has = after === null ? [] : assigneesOf(after);
  const removed = had.filter((userId) => !has.includes(userId));
  const added = has.filter((userId) => !had.includes(userId));
  return [
    ...(after === null ? [] : assign(scope, kpiId, after, added)),
    // Unconditional: a missing assignment must not block changing the KPI.
    ...removed.map((userId) =>
      deleteOperation(scope, entityOf(AssignmentItem).delete({ organizationId, userId, kpiId })),
    ),
    ...moveToTeam(scope, before, after),
  ];
}
