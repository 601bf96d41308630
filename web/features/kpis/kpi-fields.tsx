import { Button, MultiSelect, NativeSelect, SimpleGrid, Text, Textarea, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import type { OrganizationId } from '../../../domain/ids.ts';
import { Direction } from '../../../domain/kpi/goal.schema.ts';
import type { Form } from '../../components/form/send-form.ts';
import { peopleChoicesQuery, teamChoicesQuery } from '../../lib/choices.ts';
import { useMay, useMember } from '../../lib/member.tsx';
import { useSession } from '../../lib/session.tsx';
import { useFormats, useTexts } from '../../text/language.tsx';
import { FormulaFields } from './formula-fields.tsx';
import { KpiForm, type KpiValues } from './kpi-form.ts';

interface Props {
  readonly form: Form<KpiValues>;
  readonly organizationId: OrganizationId;
}

/** What a KPI is: measured how, to go where, whose. */
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

/** What it is for, where somebody wants to say so. */
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

/** What the values come to, in a sentence; until they are right, what is missing. */
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

// Whose it is doesn't change the sentence.
const anyOwner = 'user:user_1';

/** Whose it is, of those that the reader may give it to; and who reports. */
function People({ form, organizationId }: Props) {
  const { api } = useSession();
  const { kpis } = useTexts();
  const { user } = useMember();
  const may = useMay(organizationId);
  const teams = useQuery(teamChoicesQuery(api, organizationId));
  const people = useQuery(peopleChoicesQuery(api, organizationId));
  const others = (people.data?.items ?? []).filter(({ userId }) => userId !== user.userId);
  // Who fills it in comes first, also before the others are there.
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
