import { Fragment, type ReactNode } from 'react';
import { useFormats, useTexts } from '../../text/language.tsx';
import { at } from './differences.ts';
import { Named } from './named.tsx';
import type { Names, TrailEntry } from './names.ts';

const time = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;
const day = /^\d{4}-\d\d-\d\d$/;
/** Ids of items that have a page and a name. */
const id = /^(?:user|team|kpi)_\w+$/;
const measured = /(?:^|\.)(?:baseline|target|low|high|value)$/;

interface ValueProps {
  readonly entry: TrailEntry;
  readonly field: string;
  readonly value: unknown;
  readonly names: Names;
}

/** A field's value in the user's language: names of people and items, words, times, dates and numbers. */
export function Value({ entry, field, value, names }: ValueProps): ReactNode {
  const { audit, trail, common } = useTexts();
  const { moment, date, number } = useFormats();
  const named = (one: string) => <Named id={one} organizationId={entry.organizationId} names={names} />;
  const each = (one: unknown) => <Value entry={entry} field={field} value={one} names={names} />;
  if (value === undefined || value === null) return common.none;
  if (typeof value === 'boolean') return value ? audit.yes : audit.no;
  if (typeof value === 'number') {
    const unit = at(entry.details.after ?? entry.details.before, 'unit');
    return measured.test(field) && typeof unit === 'string' ? `${number(value)} ${unit}` : number(value);
  }
  if (typeof value === 'string') {
    const words = trail.values[field.split('.').at(-1) ?? '']?.[value];
    if (words !== undefined) return words;
    if (id.test(value)) return named(value);
    if (time.test(value)) return moment(value);
    return day.test(value) ? date(value) : <bdi>{value}</bdi>;
  }
  if (Array.isArray(value))
    return value.length === 0
      ? common.none
      : value.map((one, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a stored list don't move
          <Fragment key={index}>
            {index > 0 && ', '}
            {each(one)}
          </Fragment>
        ));
  const owner = at({ value }, 'value.teamId') ?? at({ value }, 'value.userId');
  if (field.endsWith('owner') && typeof owner === 'string') return named(owner);
  return Object.entries(value).map(([name, part], index) => (
    <Fragment key={name}>
      {index > 0 && ', '}
      {trail.fields[name] ?? name}:{' '}
      <Value entry={entry} field={`${field}.${name}`} value={part} names={names} />
    </Fragment>
  ));
}
