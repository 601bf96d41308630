import type { FeedAuditEntry, ShownAuditEntry } from '../../../domain/audit/audit.schema.ts';
import type { Texts } from '../../text/english.ts';
import type { Formats } from '../../text/formats.ts';

/** An entry of one organization's trail, or of the feed of all, which names the organization. */
export type TrailEntry = ShownAuditEntry & Partial<Pick<FeedAuditEntry, 'organizationName'>>;

/** Who it was, by the name that is known. */
export function nameOf({ userId, actorName }: TrailEntry, { audit }: Texts): string {
  if (actorName !== null) return actorName;
  if (userId === 'system:seed') return audit.seed;
  if (userId === 'unattributed') return audit.unattributed;
  const [kind, name] = userId.split(':');
  return kind === 'system' && name !== undefined ? audit.system(name) : userId;
}

/** To whom or what it was done, by the name that the entry has of it; undefined where it has none. */
export function subjectOf({ details: { before, after } }: TrailEntry): string | undefined {
  const name = (after ?? before)?.name;
  return typeof name === 'string' ? name : undefined;
}

/** What was done, in words; an action of a legacy system by its own name. */
export function actionOf({ action }: TrailEntry, { actions }: Texts): string {
  const known: Readonly<Record<string, string>> = actions;
  return known[action] ?? action;
}

const time = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;
const day = /^\d{4}-\d\d-\d\d$/;
const id = /^(?:user|org|inv|kpi|chk|team|sess|plan|run)_\w+$/;

/** The fields whose values are words of the product: elsewhere a text is what somebody wrote. */
const worded = new Set(['role', 'teamRole', 'status', 'delivery', 'plan', 'direction']);

export type Change = ShownAuditEntry['changes'][number];

/** A field by its name, and what stands in it before and after: words, times, dates and numbers as the reader's language has them. */
export function inWords({ trail }: Texts, { moment, date, number }: Formats) {
  const fields: Readonly<Record<string, string>> = trail.fields;
  const values: Readonly<Record<string, string>> = trail.values;
  return {
    field: (path: string) =>
      path
        .split('.')
        .map((name) => fields[name] ?? name)
        .join(' · '),
    value(path: string, value: unknown): string {
      if (typeof value === 'number') return number(value);
      if (typeof value !== 'string') return JSON.stringify(value);
      if (worded.has(path.split('.').at(-1) ?? '')) return values[value] ?? value;
      if (time.test(value)) return moment(value);
      return day.test(value) ? date(value) : value;
    },
  };
}

/** Whether there is nothing in a value: a list or record without content. */
const isBlank = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).length === 0;

const isName = (value: unknown): boolean => typeof value === 'string' && (time.test(value) || id.test(value));

/**
 * What an entry says at first sight, and what only to who looks closer: of something new or gone, the ids and times that place it,
 * which say again what stands above.
 */
export function sorted(changes: readonly Change[]): { readonly told: Change[]; readonly rest: Change[] } {
  const some = changes.filter(({ before, after }) => before !== undefined || !isBlank(after));
  const isAside = ({ before, after }: Change) =>
    (before === undefined && isName(after)) || (after === undefined && isName(before));
  return { told: some.filter((change) => !isAside(change)), rest: some.filter(isAside) };
}
