import { Button, MultiSelect, NativeSelect, SimpleGrid, Text, Textarea, TextInput } from '@mantine/core';
import { useDebouncedValue, useDisclosure } from '@mantine/hooks';
import { keepPreviousData, useInfiniteQuery, useQueries, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { KpiId, type OrganizationId } from '../../../domain/ids.ts';
import { Direction } from '../../../domain/kpi/goal.schema.ts';
import type { Form } from '../../components/form/send-form.ts';
import { peopleChoicesQuery, teamChoicesQuery } from '../../lib/choices.ts';
import { useMay, useMember } from '../../lib/member.tsx';
import { useSession } from '../../lib/session.tsx';
import { useFormats, useTexts } from '../../text/language.tsx';
import { formulaKinds, KpiForm, type KpiValues } from './kpi-form.ts';
import { kpiQuery, kpisQuery } from './queries.ts';

interface FormulaFieldsProps {
  readonly form: Form<KpiValues>;
  readonly organizationId: OrganizationId;
  /** Whether a KPI is computed can only be chosen on creation. */
  readonly isNew: boolean;
}

/** The source of values: people, or other KPIs and a formula. */
function FormulaFields({ form, organizationId, isNew }: FormulaFieldsProps) {
  const { kpis } = useTexts();
  const { formula, sources } = form.values;
  const [choices, search] = useSources(organizationId, sources);
  const nameOf = new Map(choices.map(({ value, label }) => [value, label]));
  // Each source keeps its weight.
  const choose = (chosen: string[]) =>
    form.setValues({
      sources: chosen,
      weights: chosen.map((id) => form.values.weights[sources.indexOf(id)] ?? '1'),
    });
  return (
    <>
      <NativeSelect
        label={kpis.values}
        data={[
          ...(isNew ? [{ value: '', label: kpis.checkedIn }] : []),
          ...formulaKinds.map((value) => ({ value, label: kpis.formulas[value] })),
        ]}
        {...form.getInputProps('formula')}
      />
      {formula !== '' && (
        <MultiSelect
          label={kpis.sources}
          description={formula === 'ratio' || formula === 'percentage' ? kpis.ratioHint : kpis.sourcesHint}
          searchable
          maxValues={formula === 'ratio' || formula === 'percentage' ? 2 : 10}
          data={choices}
          onSearchChange={search}
          {...form.getInputProps('sources')}
          onChange={choose}
        />
      )}
      {formula === 'weighted_mean' && (
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
          {sources.map((id, place) => (
            <TextInput
              key={id}
              label={kpis.weightOf(nameOf.get(id) ?? kpis.hiddenSource)}
              inputMode="decimal"
              {...form.getInputProps(`weights.${place}`)}
            />
          ))}
        </SimpleGrid>
      )}
    </>
  );
}

const typingMilliseconds = 300;

/** The KPIs that match a search, plus those already chosen, and the search function. */
function useSources(organizationId: OrganizationId, chosen: readonly string[]) {
  const { api } = useSession();
  const { hiddenSource } = useTexts().kpis;
  const [typed, search] = useState('');
  const [text] = useDebouncedValue(typed.trim(), typingMilliseconds);
  const found = useInfiniteQuery({
    ...kpisQuery(api, organizationId, { ...(text === '' ? {} : { search: text }), sort: 'name', limit: 100 }),
    placeholderData: keepPreviousData,
  });
  const items = found.data?.pages.flatMap((page) => page.items) ?? [];
  const others = chosen
    .filter((id) => items.every((item) => item.id !== id))
    .flatMap((id) => KpiId.safeParse(id).data ?? []);
  const read = useQueries({ queries: others.map((id) => kpiQuery(api, organizationId, id)) });
  const choices = [
    ...items.map(({ id, name }) => ({ value: String(id), label: name })),
    ...others.map((id, place) => ({ value: String(id), label: read[place]?.data?.name ?? hiddenSource })),
  ];
  return [choices, search] as const;
}

interface Props {
  readonly form: Form<KpiValues>;
  readonly organizationId: OrganizationId;
}

/** A KPI's fields: how it is measured, its target, and its owner. */
export function KpiFields({ form, organizationId, isNew = false }: Props & { readonly isNew?: boolean }) {
  const { kpis } = useTexts();
  const isBand = form.values.direction === 'between';
  return (
    <>
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
        <TextInput label={kpis.name} required data-autofocus {...form.getInputProps('name')} />
        <TextInput label={kpis.unit} placeholder={kpis.unitHint} required {...form.getInputProps('unit')} />
        <NativeSelect
          label={kpis.direction}
          data={Direction.options.map((value) => ({ value, label: kpis.directions[value] }))}
          {...form.getInputProps('direction')}
        />
        <SimpleGrid cols={isBand ? 3 : 2} spacing="sm">
          <Amount label={kpis.baseline} {...form.getInputProps('baseline')} />
          {isBand ? (
            <>
              <Amount label={kpis.low} {...form.getInputProps('low')} />
              <Amount label={kpis.high} {...form.getInputProps('high')} />
            </>
          ) : (
            <Amount label={kpis.target} {...form.getInputProps('target')} />
          )}
        </SimpleGrid>
        <TextInput label={kpis.start} type="date" required {...form.getInputProps('start')} />
        <TextInput label={kpis.end} type="date" required {...form.getInputProps('end')} />
      </SimpleGrid>
      <People form={form} organizationId={organizationId} />
      {(isNew || form.values.formula !== '') && (
        <FormulaFields form={form} organizationId={organizationId} isNew={isNew} />
      )}
      <Description form={form} />
      <Preview values={form.values} />
    </>
  );
}

const Amount = (props: { readonly label: string }) => <TextInput inputMode="decimal" required {...props} />;

/** An optional description. */
function Description({ form }: Pick<Props, 'form'>) {
  const { kpis } = useTexts();
  const [opened, { open }] = useDisclosure(form.values.description !== '');
  if (!opened)
    return (
      <Button variant="subtle" size="compact-sm" w="fit-content" onClick={open}>
        {kpis.addDescription}
      </Button>
    );
  return (
    <Textarea
      label={kpis.description}
      autosize
      minRows={2}
      maxRows={5}
      {...form.getInputProps('description')}
    />
  );
}

/** A summary of the values as a sentence; until they are valid, what is missing. */
function Preview({ values }: { readonly values: KpiValues }) {
  const { kpis } = useTexts();
  const { number, date } = useFormats();
  const { data: kpi } = KpiForm.safeParse({ ...values, name: values.name || '–', owner: anyOwner });
  const words = () => {
    if (kpi === undefined) return kpis.previewEmpty;
    const { target, baseline, unit, period, direction } = kpi;
    const amount = (value: number) => `${number(value)} ${unit}`;
    if (typeof target !== 'number')
      return kpis.previewRange(number(target.low), amount(target.high), date(period.end));
    const say = direction === 'down' ? kpis.previewDown : kpis.previewUp;
    return say(number(baseline), amount(target), date(period.end));
  };
  return (
    <Text size="sm" {...(kpi === undefined ? { c: 'dimmed' } : { fw: 600 })} role="status">
      {words()}{' '}
      {values.formula === '' && (
        <Text span size="sm" c="dimmed" fw={400}>
          {kpis.weeklyHint}
        </Text>
      )}
    </Text>
  );
}

// The owner doesn't affect the sentence.
const anyOwner = 'user:user_1';

/** The owner, among those the user may choose, and the reporters. */
function People({ form, organizationId }: Props) {
  const { api } = useSession();
  const { kpis } = useTexts();
  const { user } = useMember();
  const may = useMay(organizationId);
  const teams = useQuery(teamChoicesQuery(api, organizationId));
  const people = useQuery(peopleChoicesQuery(api, organizationId));
  const others = (people.data?.items ?? []).filter(({ userId }) => userId !== user.userId);
  // The user comes first, even before the others have loaded.
  const me = user.organizationId === organizationId ? [{ value: user.userId, label: user.name }] : [];
  const users = [...me, ...others.map(({ userId, name }) => ({ value: userId, label: name }))];
  const teamOwners = (teams.data?.items ?? [])
    .filter(({ id }) => may('create', 'Kpi', { teamId: id }))
    .map(({ id, name }) => ({ value: `team:${id}`, label: name }));
  const userOwners = may('create', 'Kpi')
    ? users.map(({ value, label }) => ({ value: `user:${value}`, label }))
    : [];
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
      <NativeSelect
        label={kpis.owner}
        required
        data={[
          { value: '', label: '' },
          ...(userOwners.length === 0 ? [] : [{ group: kpis.ownerPerson, items: userOwners }]),
          { group: kpis.ownerTeam, items: teamOwners },
        ]}
        {...form.getInputProps('owner')}
      />
      <MultiSelect
        label={kpis.assignees}
        placeholder={form.values.assigneeIds.length === 0 ? kpis.assigneesHint : ''}
        searchable
        data={users}
        {...form.getInputProps('assigneeIds')}
      />
    </SimpleGrid>
  );
}
