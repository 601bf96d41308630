import type { ShownAuditEntry } from '../../../domain/audit/audit.schema.ts';

type Image = Readonly<Record<string, unknown>> | null;

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The value at a path of an image; undefined if absent. */
export const at = (image: Image, path: string): unknown =>
  path.split('.').reduce<unknown>((value, name) => (isRecord(value) ? value[name] : undefined), image);

/** A difference as shown to users: fields that only make sense together count as one. */
export interface Difference {
  readonly field: string;
  readonly before: unknown;
  readonly after: unknown;
  /** Whether it is too long for a sentence: a longer text, a list, a record. */
  readonly isLong: boolean;
}

const isNothing = (value: unknown): boolean =>
  value === undefined || (typeof value === 'object' && value !== null && Object.keys(value).length === 0);

// A KPI's owner is a team or a person, so its type and id belong together.
const always = ['owner', 'metadata'];
const together = ['contactPerson', 'period'];

/** The field under which a path is shown, given all changed paths. */
function toldAs(path: string, all: readonly string[]): string {
  const names = path.split('.');
  const whole = names.find((name) => always.includes(name));
  if (whole !== undefined) return names.slice(0, names.indexOf(whole) + 1).join('.');
  const group = names.find((name) => together.includes(name));
  if (group === undefined) return path;
  const parent = names.slice(0, names.indexOf(group) + 1).join('.');
  return all.filter((other) => other.startsWith(`${parent}.`)).length > 1 ? parent : path;
}

const longest = 60;
const isLong = (field: string, value: unknown): boolean => {
  if (field.endsWith('owner')) return false;
  return typeof value === 'string' ? value.length > longest : typeof value === 'object' && value !== null;
};
const texts = /(?:^|\.)(?:description|notes?|metadata)$/;

/** Ids of items without a page, and API requests; the entry's JSON contains them. */
const isTechnical = (value: unknown): boolean =>
  typeof value === 'string' && /^(?!team_|kpi_)[a-z]+_[\dA-HJKMNP-TV-Z]{26}$/.test(value);
const hidden = /^latest(?:\.|$)/;
const asked = /^access\.(?:route|asked|path|code|times|organizationId)(?:\.|$)/;

/** The differences between the two states of an entry. */
export function differencesOf({
  changes,
  details,
  resource,
}: Pick<ShownAuditEntry, 'changes' | 'details' | 'resource'>): Difference[] {
  const id = resource.slice(resource.indexOf('/') + 1);
  const paths = changes
    .filter(({ field }) => !hidden.test(field) && !asked.test(field))
    .filter(({ before, after }) => !isTechnical(after ?? before) && (after ?? before) !== id)
    .filter(({ before, after }) => !isNothing(before) || !isNothing(after))
    .map(({ field }) => field);
  const fields = [...new Set(paths.map((path) => toldAs(path, paths)))];
  return fields.map((field): Difference => {
    const [before, after] = [at(details.before, field), at(details.after, field)];
    const long = texts.test(field) || isLong(field, before) || isLong(field, after);
    return { field, before, after, isLong: long };
  });
}
