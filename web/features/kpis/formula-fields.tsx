import { MultiSelect, NativeSelect, SimpleGrid, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useInfiniteQuery, useQueries } from '@tanstack/react-query';
import { useState } from 'react';
import { KpiId, type OrganizationId } from '../../../domain/ids.ts';
import type { Form } from '../../components/form/send-form.ts';
import { useSession } from '../../lib/session.tsx';
import { useTexts } from '../../text/language.tsx';
import { formulaKinds, type KpiValues } from './kpi-form.ts';
import { kpiQuery, kpisQuery } from './queries.ts';

interface Props {
  readonly form: Form<KpiValues>;
  readonly organizationId: OrganizationId;
  /** Only a new KPI chooses whether it is computed at all. */
  readonly isNew: boolean;
}

/** Where values come from: people, or other KPIs and how. */
export function FormulaFields({ form, organizationId, isNew }: Props) {
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

/** The KPIs that a search finds, and those that are chosen already; and how to search. */
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
