import * as z from 'zod/mini';
import { fieldErrorsOf } from '../../../domain/field-errors.ts';
import { type Kpi, NewKpi } from '../../../domain/kpi/kpi.schema.ts';
import { doubtsOf, numberOf, typedOf } from '../../components/form/number-field.ts';
import { type Problems, problemsOf } from '../../components/form/problems.ts';

/** A KPI as form values: every field is a string, `owner` is `team:<id>` or `user:<id>`. */
export interface KpiValues {
  name: string;
  description: string;
  unit: string;
  direction: string;
  baseline: string;
  target: string;
  low: string;
  high: string;
  start: string;
  end: string;
  owner: string;
  assigneeIds: string[];
  /** The formula's kind; empty for a KPI with check-ins. */
  formula: string;
  sources: string[];
  /** The weights of a weighted mean, one per source. */
  weights: string[];
}

const fields = z.object({
  name: z.string(),
  description: z.string(),
  unit: z.string(),
  direction: z.string(),
  baseline: z.string(),
  target: z.string(),
  low: z.string(),
  high: z.string(),
  start: z.string(),
  end: z.string(),
  owner: z.string(),
  assigneeIds: z.array(z.string()),
  formula: z.string(),
  sources: z.array(z.string()),
  weights: z.array(z.string()),
});

/** Kinds of formulas; a percentage is a ratio times 100. */
export const formulaKinds = ['sum', 'ratio', 'percentage', 'weighted_mean'] as const;

function formulaOf({ formula: kind, sources, weights }: Pick<KpiValues, 'formula' | 'sources' | 'weights'>) {
  if (kind === '') return {};
  const of = { kind: kind === 'percentage' ? 'ratio' : kind, sources };
  if (kind === 'percentage') return { formula: { ...of, percent: true } };
  if (kind !== 'weighted_mean') return { formula: of };
  return { formula: { ...of, weights: sources.map((_, place) => numberOf(weights[place] ?? '1')) } };
}

function ownerOf(text: string) {
  const [kind, id] = text.split(':');
  return kind === 'user' ? { kind, userId: id } : { kind: 'team', teamId: id };
}

/** Converts the form's strings to the API's input, validated with the API's own schema. */
export const KpiForm = z.pipe(
  z.pipe(
    fields,
    z.transform((values): unknown => ({
      name: values.name,
      ...(values.description.trim() === '' ? {} : { description: values.description }),
      unit: values.unit,
      direction: values.direction,
      baseline: numberOf(values.baseline),
      target:
        values.direction === 'between'
          ? { low: numberOf(values.low), high: numberOf(values.high) }
          : numberOf(values.target),
      period: { start: values.start, end: values.end },
      owner: ownerOf(values.owner),
      assigneeIds: values.assigneeIds,
      ...formulaOf(values),
    })),
  ),
  NewKpi,
);

/** Maps API paths to form fields. */
const formPaths: Readonly<Record<string, string>> = {
  'target.low': 'low',
  'target.high': 'high',
  'period.start': 'start',
  'period.end': 'end',
  'owner.teamId': 'owner',
  'owner.userId': 'owner',
  'owner.kind': 'owner',
  'formula.sources': 'sources',
  'formula.weights': 'weights.0',
};

/** The form field for an API path. */
export const fieldOf = (path: string): string =>
  formPaths[path] ??
  path
    .replace(/^assigneeIds\.\d+$/, 'assigneeIds')
    .replace(/^formula\.sources\.\d+$/, 'sources')
    .replace(/^formula\.weights\./, 'weights.');

/** Reports a problem with the target at the number or the range, depending on the direction. */
const issuesOf = (issue: z.core.$ZodIssue, isBand: boolean): readonly z.core.$ZodIssue[] =>
  issue.code === 'invalid_union'
    ? (issue.errors[isBand ? 1 : 0] ?? []).map((inner) => ({
        ...inner,
        path: [...issue.path, ...inner.path],
      }))
    : [issue];

/** Validates the form before it is sent. */
export function checkKpi(values: KpiValues): Problems {
  const { error } = KpiForm.safeParse(values);
  const { baseline, target, low, high } = values;
  const isBand = values.direction === 'between';
  const issues = (error?.issues ?? []).flatMap((issue) => issuesOf(issue, isBand));
  const numbers = isBand ? { baseline, low, high } : { baseline, target };
  return {
    ...problemsOf(fieldErrorsOf({ issues }), fieldOf),
    ...doubtsOf(numbers),
  };
}

const dayMs = 86_400_000;
/** If the quarter ends sooner, there is no time to reach a target. */
const leastDays = 21;

const dateOf = (date: Date) => date.toISOString().slice(0, 10);

/** The last day of this quarter, or of the next if this one is nearly over. */
export function quarterEnd(now: Date): string {
  const last = (quarters: number) =>
    new Date(Date.UTC(now.getUTCFullYear(), (Math.floor(now.getUTCMonth() / 3) + quarters) * 3, 0));
  const end = last(1);
  return dateOf(end.getTime() - now.getTime() < leastDays * dayMs ? last(2) : end);
}

/** Initial values: from 0, until the end of the quarter. */
export const newValues = (now: Date, owner: string): KpiValues => ({
  name: '',
  description: '',
  unit: '%',
  direction: 'up',
  baseline: '0',
  target: '',
  low: '',
  high: '',
  start: dateOf(now),
  end: quarterEnd(now),
  owner,
  assigneeIds: [],
  formula: '',
  sources: [],
  weights: [],
});

/** The form values of an existing KPI. */
export function valuesOf({ target, period, owner, formula, ...kpi }: Kpi): KpiValues {
  const band = typeof target === 'number' ? null : target;
  return {
    name: kpi.name,
    description: kpi.description ?? '',
    unit: kpi.unit,
    direction: kpi.direction,
    baseline: typedOf(kpi.baseline),
    target: typeof target === 'number' ? typedOf(target) : '',
    low: band === null ? '' : typedOf(band.low),
    high: band === null ? '' : typedOf(band.high),
    start: period.start,
    end: period.end,
    owner: owner.kind === 'team' ? `team:${owner.teamId}` : `user:${owner.userId}`,
    assigneeIds: [...kpi.assigneeIds],
    formula: formula?.percent === true ? 'percentage' : (formula?.kind ?? ''),
    sources: [...(formula?.sources ?? [])],
    weights: (formula?.weights ?? []).map(typedOf),
  };
}
