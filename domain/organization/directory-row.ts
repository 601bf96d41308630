import { directoryName, directoryShard } from './directory.ts';
import type { Organization } from './profile.schema.ts';
import { wordsText } from './words.ts';

/** Later than every end of a plan: what has no end comes last. */
const noEnd = '9999-12-31';

/** Before it no entry of an audit trail was ever taken. */
export const firstAuditMonth = '1970-01';

/**
 * What an organization's row in the directory says of its profile, and which of its attributes the profile
 * lacks.
 */
export function rowOf(organization: Organization) {
  const { name, contactPerson, status, inactiveReason, subscription, externalId } = organization;
  const { revision, createdAt, updatedAt } = organization;
  const { plan, startDate, endDate } = subscription;
  const set = {
    name,
    directoryName: directoryName(name),
    contactPerson,
    status,
    ...(inactiveReason === undefined ? {} : { inactiveReason }),
    plan,
    startDate,
    ...(endDate === undefined ? {} : { endDate }),
    planEndsOn: endDate ?? noEnd,
    ...(externalId === undefined ? {} : { externalId }),
    words: wordsText(organization),
    revision,
    createdAt,
    updatedAt,
  };
  return { set, absent: absentOf({ inactiveReason, endDate, externalId }) };
}

/** The row of an organization that has just been founded: nobody has joined or used it yet. */
export const firstRowOf = (organization: Organization) => ({
  ...rowOf(organization).set,
  lastActivityOn: organization.createdAt.slice(0, 10),
  stage: 'invited' as const,
  directoryShard: directoryShard(organization.id),
  olderAuditMonthsFrom: firstAuditMonth,
});

/** The names of those attributes that have no value: an update has to take them away. */
export function absentOf<const Name extends string>(values: Readonly<Record<Name, unknown>>): Name[] {
  const names: Name[] = [];
  for (const name in values) if (values[name] === undefined) names.push(name);
  return names;
}
