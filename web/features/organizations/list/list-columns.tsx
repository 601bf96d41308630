import { Anchor, Button, Checkbox, Popover, Stack } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { ListedOrganization } from '../../../../domain/organization/organization.schema.ts';
import type { Column } from '../../../components/data-table.tsx';
import { Day, Plan, StandingBadge } from '../../../components/labels.tsx';
import { type Texts, useTexts } from '../../../text/language.tsx';

type ColumnName = keyof Texts['organizations']['column'];

interface NamedColumn extends Omit<Column<ListedOrganization>, 'title'> {
  readonly name: ColumnName;
}

const PlanEnd = ({ subscription: { endDate } }: ListedOrganization) => {
  const { noEnd } = useTexts().organizations;
  return endDate === undefined ? noEnd : <Day at={endDate} />;
};

const StageName = ({ stage }: Pick<ListedOrganization, 'stage'>) => useTexts().analytics.stages[stage];

const columns: readonly NamedColumn[] = [
  {
    name: 'name',
    cell: ({ id, name }) => (
      <Anchor component={Link} to={`/admin/organizations/${id}`} size="sm" fw={600} ta="left">
        <bdi>{name}</bdi>
      </Anchor>
    ),
  },
  {
    name: 'status',
    cell: (organization) => <StandingBadge organization={organization} />,
  },
  { name: 'plan', cell: ({ subscription }) => <Plan plan={subscription.plan} /> },
  { name: 'planEnd', cell: (organization) => <PlanEnd {...organization} /> },
  { name: 'users', numeric: true, cell: ({ counts }) => counts.users },
  { name: 'invitations', numeric: true, cell: ({ counts }) => counts.pendingInvitations },
  { name: 'teams', numeric: true, cell: ({ counts }) => counts.teams },
  { name: 'kpis', numeric: true, cell: ({ counts }) => counts.kpis },
  { name: 'stage', cell: ({ stage }) => <StageName stage={stage} /> },
  { name: 'lastActivity', cell: ({ lastActivityOn }) => <Day at={lastActivityOn} /> },
  { name: 'contact', cell: ({ contactPerson }) => contactPerson.email },
  { name: 'externalId', cell: ({ externalId }) => externalId ?? '–' },
  { name: 'created', cell: ({ createdAt }) => <Day at={createdAt} /> },
];

const atFirst: readonly ColumnName[] = [
  'name',
  'status',
  'plan',
  'planEnd',
  'users',
  'invitations',
  'lastActivity',
];

const isColumnName = (text: string): text is ColumnName => columns.some(({ name }) => name === text);

const storedColumns = {
  key: 'mtcms-organization-columns',
  defaultValue: atFirst,
  getInitialValueInEffect: false,
  serialize: (names: readonly ColumnName[]) => names.join(' '),
  deserialize: (text: string | undefined) => (text ?? '').split(' ').filter(isColumnName),
};

/** The columns that somebody wants to see, as this browser remembers them; always with the name. */
export function useChosenColumns() {
  const texts = useTexts().organizations;
  const [chosen, setChosen] = useLocalStorage(storedColumns);
  const shown = useMemo(
    () =>
      columns
        .filter(({ name }) => name === 'name' || chosen.includes(name))
        .map(({ name, ...column }) => ({ ...column, title: texts.column[name] })),
    [chosen, texts],
  );
  const turn = (name: ColumnName) =>
    setChosen(chosen.includes(name) ? chosen.filter((one) => one !== name) : [...chosen, name]);
  return { shown, chosen, turn };
}

/** Chooses what the list shows of each organization. */
export function ColumnChooser({
  chosen,
  turn,
}: Pick<ReturnType<typeof useChosenColumns>, 'chosen' | 'turn'>) {
  const { organizations } = useTexts();
  return (
    <Popover position="bottom-end" trapFocus hideDetached={false}>
      <Popover.Target>
        <Button variant="default">{organizations.columns}</Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="xs">
          {columns
            .filter(({ name }) => name !== 'name')
            .map(({ name }) => (
              <Checkbox
                key={name}
                label={organizations.column[name]}
                checked={chosen.includes(name)}
                onChange={() => turn(name)}
              />
            ))}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
