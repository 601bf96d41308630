import { MultiSelect, NativeSelect, SimpleGrid, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { fieldErrorsOf } from '../../../domain/field-errors.ts';
import type { OrganizationId } from '../../../domain/ids.ts';
import { Direction } from '../../../domain/kpi/goal.schema.ts';
import { type Kpi, NewKpi } from '../../../domain/kpi/kpi.schema.ts';
import { doubtsOf, numberOf, typedOf } from '../../components/form/number-field.ts';
import { type Problems, problemsOf } from '../../components/form/problems.ts';
import type { Form } from '../../components/form/send-form.ts';
import { peopleChoicesQuery, teamChoicesQuery } from '../../lib/choices.ts';
import { useMay } from '../../lib/member.tsx';
import { useSession } from '../../lib/session.tsx';
import { useTexts } from '../../text/language.tsx';

/** A KPI as a form has it: every field a text, `owner` as `team:<id>` or `user:<id>`. */
interface KpiValues {
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
});

function ownerOf(text: string) {
  const [kind, id] = text.split(':');
  return kind === 'user' ? { kind, userId: id } : { kind: 'team', teamId: id };
}

/** The form's texts as the API takes them, judged by the API's own schema. */
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
    })),
  ),
  NewKpi,
);

/** Where the API's paths are in the form. */
const formPaths: Readonly<Record<string, string>> = {
  'target.low': 'low',
  'target.high': 'high',
  'period.start': 'start',
  'period.end': 'end',
  'owner.teamId': 'owner',
  'owner.userId': 'owner',
  'owner.kind': 'owner',
};

/** The field of the form to which a path of the API belongs. */
export const fieldOf = (path: string): string =>
  formPaths[path] ?? path.replace(/^assigneeIds\.\d+$/, 'assigneeIds');

/** What is wrong with a target, a number or a band: with the one that the direction asks for. */
const issuesOf = (issue: z.core.$ZodIssue, isBand: boolean): readonly z.core.$ZodIssue[] =>
  issue.code === 'invalid_union'
    ? (issue.errors[isBand ? 1 : 0] ?? []).map((inner) => ({
        ...inner,
        path: [...issue.path, ...inner.path],
      }))
    : [issue];

/** What a form says of itself before it is sent. */
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
const quarterDays = 90;

/** An empty form, for a quarter from today. */
export const emptyValues = (now: Date): KpiValues => ({
  name: '',
  description: '',
  unit: '',
  direction: 'up',
  baseline: '',
  target: '',
  low: '',
  high: '',
  start: now.toISOString().slice(0, 10),
  end: new Date(now.getTime() + quarterDays * dayMs).toISOString().slice(0, 10),
  owner: '',
  assigneeIds: [],
});

/** A form with what a KPI is now. */
export function valuesOf({ target, period, owner, ...kpi }: Kpi): KpiValues {
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
  };
}

interface Props {
  readonly form: Form<KpiValues>;
  readonly organizationId: OrganizationId;
}

/** What a KPI is: measured how, to go where, whose. */
export function KpiFields({ form, organizationId }: Props) {
  const { kpis } = useTexts();
  const isBand = form.values.direction === 'between';
  return (
    <>
      <TextInput label={kpis.name} required data-autofocus {...form.getInputProps('name')} />
      <Textarea label={kpis.description} autosize minRows={2} {...form.getInputProps('description')} />
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <NativeSelect
          label={kpis.direction}
          data={Direction.options.map((value) => ({ value, label: kpis.directions[value] }))}
          {...form.getInputProps('direction')}
        />
        <TextInput label={kpis.unit} placeholder={kpis.unitHint} required {...form.getInputProps('unit')} />
        <Amount label={kpis.baseline} {...form.getInputProps('baseline')} />
        {isBand ? (
          <SimpleGrid cols={2}>
            <Amount label={kpis.low} {...form.getInputProps('low')} />
            <Amount label={kpis.high} {...form.getInputProps('high')} />
          </SimpleGrid>
        ) : (
          <Amount label={kpis.target} {...form.getInputProps('target')} />
        )}
        <TextInput label={kpis.start} type="date" required {...form.getInputProps('start')} />
        <TextInput label={kpis.end} type="date" required {...form.getInputProps('end')} />
      </SimpleGrid>
      <People form={form} organizationId={organizationId} />
    </>
  );
}

const Amount = (props: { readonly label: string }) => <TextInput inputMode="decimal" required {...props} />;

/** Whose it is, of those that the reader may give it to; and who reports. */
function People({ form, organizationId }: Props) {
  const { api } = useSession();
  const { kpis } = useTexts();
  const may = useMay(organizationId);
  const teams = useQuery(teamChoicesQuery(api, organizationId));
  const people = useQuery(peopleChoicesQuery(api, organizationId));
  const users = (people.data?.items ?? []).map(({ userId, name }) => ({ value: userId, label: name }));
  const teamOwners = (teams.data?.items ?? [])
    .filter(({ id }) => may('create', 'Kpi', { teamId: id }))
    .map(({ id, name }) => ({ value: `team:${id}`, label: name }));
  const userOwners = may('create', 'Kpi')
    ? users.map(({ value, label }) => ({ value: `user:${value}`, label }))
    : [];
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }}>
      <NativeSelect
        label={kpis.owner}
        required
        data={[
          { value: '', label: '' },
          { group: kpis.ownerTeam, items: teamOwners },
          ...(userOwners.length === 0 ? [] : [{ group: kpis.ownerPerson, items: userOwners }]),
        ]}
        {...form.getInputProps('owner')}
      />
      <MultiSelect
        label={kpis.assignees}
        description={kpis.assigneesHint}
        searchable
        data={users}
        {...form.getInputProps('assigneeIds')}
      />
    </SimpleGrid>
  );
}
