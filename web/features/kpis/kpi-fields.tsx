import { MultiSelect, NativeSelect, SimpleGrid, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { OrganizationId } from '../../../domain/ids.ts';
import { Direction } from '../../../domain/kpi/goal.schema.ts';
import { useMay } from '../../lib/access.ts';
import { peopleChoicesQuery } from '../../lib/people-choices.ts';
import { useSession } from '../../lib/session.tsx';
import { teamChoicesQuery } from '../../lib/team-choices.ts';
import { useTexts } from '../../text/language.tsx';
import type { KpiFormState } from './kpi-form.ts';

interface Props {
  readonly form: KpiFormState;
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
