import { TeamId, UserId } from '../ids.ts';
import { itemsOf } from '../table/batch-read.ts';
import type { OrganizationScope } from '../table/scope.ts';
import { teamRead } from '../team/find-team.ts';
import { userRead } from '../user/find-user.ts';
import type { CheckIn } from './check-in.schema.ts';
import { assigneesOf, type Kpi } from './kpi.schema.ts';

const mostAtOnce = 100;

/** The names of those of these users and teams that exist, by id: one request per hundred. */
export async function namesOf(
  scope: OrganizationScope,
  ids: Iterable<string>,
): Promise<ReadonlyMap<string, string>> {
  const wanted = [...new Set(ids)];
  const reads = [
    ...wanted.flatMap((id) => TeamId.safeParse(id).data ?? []).map((teamId) => teamRead(scope, teamId)),
    ...wanted.flatMap((id) => UserId.safeParse(id).data ?? []).map((userId) => userRead(scope, userId)),
  ];
  const parts = Array.from({ length: Math.ceil(reads.length / mostAtOnce) }, (_, index) =>
    reads.slice(index * mostAtOnce, (index + 1) * mostAtOnce),
  );
  const found = (await Promise.all(parts.map((part) => itemsOf(scope, part)))).flat();
  return new Map(
    found.flatMap((item) => {
      const id = item?.userId ?? item?.teamId;
      return id === undefined ? [] : [[String(id), String(item?.name)] as const];
    }),
  );
}

const ownerIdOf = ({ owner }: Pick<Kpi, 'owner'>): string =>
  owner.kind === 'team' ? owner.teamId : owner.userId;

const named = <Name extends string>(field: Name, name: string | undefined) =>
  name === undefined ? {} : { [field]: name };

/** The people whose names a KPI shows in lists: its owner, and the author of its confidence. */
const namedBy = (kpi: Kpi): string[] => [ownerIdOf(kpi), ...(kpi.confidence ? [kpi.confidence.by] : [])];

const withNames = (kpi: Kpi, names: ReadonlyMap<string, string>): Kpi => ({
  ...kpi,
  ...named('ownerName', names.get(ownerIdOf(kpi))),
  ...(kpi.confidence && {
    confidence: { ...kpi.confidence, ...named('byName', names.get(kpi.confidence.by)) },
  }),
});

/** KPIs with the names of their owners. */
export async function withOwners(scope: OrganizationScope, kpis: readonly Kpi[]): Promise<Kpi[]> {
  const names = await namesOf(scope, kpis.flatMap(namedBy));
  return kpis.map((kpi) => withNames(kpi, names));
}

/** A KPI with the names of its owner and its reporters. */
export async function withPeople(scope: OrganizationScope, kpi: Kpi): Promise<Kpi> {
  const names = await namesOf(scope, [...namedBy(kpi), ...assigneesOf(kpi)]);
  const assignees = assigneesOf(kpi).flatMap((userId) => {
    const name = names.get(userId);
    return name === undefined ? [] : [{ userId, name }];
  });
  return { ...withNames(kpi, names), assignees };
}

/** Check-ins with the names of their reporters and correctors. */
export async function withReporters(scope: OrganizationScope, checkIns: readonly CheckIn[]) {
  const authors = checkIns.flatMap(({ by, corrections = [] }) => [by, ...corrections.map((one) => one.by)]);
  const names = await namesOf(scope, authors);
  return checkIns.map((entry) => ({
    ...entry,
    ...named('byName', names.get(entry.by)),
    ...(entry.corrections === undefined
      ? {}
      : { corrections: entry.corrections.map((one) => ({ ...one, ...named('byName', names.get(one.by)) })) }),
  }));
}
