import { Button, type ComboboxData, Group, Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import IconX from '@tabler/icons-react/icons/IconX';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { OrganizationId } from '../../../domain/ids.ts';
import { DateRange } from '../../components/date-range.tsx';
import { useAddressDates, useAddressParameter, useSetAddress } from '../../lib/address.ts';
import { teamChoicesQuery } from '../../lib/choices.ts';
import { daysAgo } from '../../lib/dates.ts';
import { useSession } from '../../lib/session.tsx';
import { useTexts } from '../../text/language.tsx';
import { nounOf } from './icons.ts';
import type { Names } from './names.ts';
import { kpiChoicesQuery, organizationChoicesQuery, personChoicesQuery } from './queries.ts';

interface Choice {
  readonly value: string;
  readonly label: string;
}

interface ChoiceGroup {
  readonly group: string;
  readonly items: readonly Choice[];
}

interface Props {
  /** Name of the search parameter. */
  readonly name: string;
  readonly label: string;
  readonly groups: readonly ChoiceGroup[];
  /** The label of a value that isn't among the choices, for example from an old link. */
  readonly nameOf: (value: string) => string;
  /** Called with the typed text if the choices depend on it; otherwise they are filtered here. */
  readonly onSearch?: (text: string) => void;
  readonly width?: number;
}

/** A filter whose value is picked by name and kept in the URL. */
function Picker({ name, label, groups, nameOf, onSearch, width = 180 }: Props) {
  const { audit } = useTexts();
  const [value, onValue] = useAddressParameter(name);
  const isKnown = groups.some(({ items }) => items.some((item) => item.value === value));
  const filled = groups.filter(({ items }) => items.length > 0);
  const all = filled.map(({ group, items }) => ({ group, items: [...items] }));
  const data: ComboboxData = value === '' || isKnown ? all : [{ value, label: nameOf(value) }, ...all];
  return (
    <Select
      aria-label={label}
      placeholder={label}
      value={value === '' ? null : value}
      onChange={(next) => onValue(next ?? '')}
      data={data}
      searchable
      clearable
      {...(onSearch === undefined ? {} : { onSearchChange: onSearch, filter: ({ options }) => options })}
      nothingFoundMessage={audit.nothingFound}
      maxDropdownHeight={360}
      comboboxProps={{ width: 280, position: 'bottom-start', hideDetached: false }}
      w={{ base: '47%', sm: width }}
    />
  );
}

const typingMilliseconds = 200;

interface ScopeProps {
  /** The organization whose entries are filtered; undefined for all. */
  readonly organizationId: OrganizationId | undefined;
  /** Names known from the entries shown. */
  readonly names: Names;
}

/** The people that match the typed text; initially the first ones. */
function usePeople(organizationId: OrganizationId | undefined, typed: string): readonly Choice[] {
  const { api } = useSession();
  const [search] = useDebouncedValue(typed, typingMilliseconds);
  const { data } = useQuery(personChoicesQuery(api, organizationId, search));
  return data?.items.map(({ userId, name }) => ({ value: userId, label: name })) ?? [];
}

/** Filters by actor: people by name, or the system. */
function ActorPicker({ organizationId, names }: ScopeProps) {
  const { audit } = useTexts();
  const [typed, setTyped] = useState('');
  const people = usePeople(organizationId, typed);
  const automatic = Object.entries(audit.automatic).map(([value, label]) => ({ value, label }));
  const matches = automatic.filter(({ label }) => label.toLowerCase().includes(typed.trim().toLowerCase()));
  return (
    <Picker
      name="actor"
      label={audit.actor}
      groups={[
        { group: audit.people, items: people },
        { group: audit.notPeople, items: matches },
      ]}
      nameOf={(value) => names.get(value)?.name ?? value}
      onSearch={setTyped}
    />
  );
}

/** Filters by action, grouped by noun. */
function ActionPicker() {
  const { audit, trail } = useTexts();
  const nouns: Readonly<Record<string, string>> = audit.nouns;
  const byNoun = Map.groupBy(Object.entries(trail.actions), ([action]) => nounOf(action));
  const groups = [...byNoun].map(([noun, actions]): ChoiceGroup => {
    const items = actions.map(([value, label]) => ({ value, label }));
    const name = nouns[noun] ?? noun;
    const all = { value: `${noun}.`, label: audit.allOf(name) };
    return { group: name, items: items.length > 1 ? [all, ...items] : items };
  });
  return <Picker name="action" label={audit.action} groups={groups} nameOf={(value) => value} width={200} />;
}

/** The subject of an entry. */
function ThingPicker({ organizationId, names }: ScopeProps & { readonly organizationId: OrganizationId }) {
  const { api } = useSession();
  const { audit } = useTexts();
  const [typed, setTyped] = useState('');
  const people = usePeople(organizationId, typed);
  const teams = useQuery(teamChoicesQuery(api, organizationId)).data?.items ?? [];
  const kpis = useQuery(kpiChoicesQuery(api, organizationId)).data?.items ?? [];
  const matching = (all: readonly { readonly id: string; readonly name: string }[], kind: string) =>
    all
      .filter(({ name }) => name.toLowerCase().includes(typed.trim().toLowerCase()))
      .map(({ id, name }) => ({ value: `${kind}/${id}`, label: name }));
  return (
    <Picker
      name="about"
      label={audit.about}
      groups={[
        { group: audit.nouns.team, items: matching(teams, 'team') },
        { group: audit.nouns.kpi, items: matching(kpis, 'kpi') },
        {
          group: audit.people,
          items: people.map(({ value, label }) => ({ value: `user/${value}`, label })),
        },
      ]}
      nameOf={(value) => names.get(value.slice(value.indexOf('/') + 1))?.name ?? value}
      onSearch={setTyped}
    />
  );
}

function OrganizationPicker() {
  const { api } = useSession();
  const { audit } = useTexts();
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed, typingMilliseconds);
  const { data } = useQuery(organizationChoicesQuery(api, search));
  const items = data?.items.map(({ id, name }) => ({ value: id, label: name })) ?? [];
  return (
    <Picker
      name="organization"
      label={audit.organization}
      groups={[{ group: audit.organization, items }]}
      nameOf={(value) => value}
      onSearch={setTyped}
      width={220}
    />
  );
}

const presets = { today: 0, week: 6, month: 29, quarter: 89 } as const;
type Preset = keyof typeof presets;

const isPreset = (value: string | null): value is Preset => value !== null && Object.hasOwn(presets, value);

/** Filters by time: a preset or a custom range. */
function PeriodPicker() {
  const { audit } = useTexts();
  const { from, to } = useAddressDates();
  const set = useSetAddress();
  const [isCustom, setCustom] = useState(false);
  const now = new Date();
  const names = Object.keys(presets).filter(isPreset);
  const preset = to === '' ? names.find((name) => daysAgo(presets[name], now) === from) : undefined;
  const given = from === '' && to === '' ? 'any' : (preset ?? 'custom');
  const choose = (value: string | null) => {
    setCustom(value === 'custom');
    if (value === 'custom') return;
    set({ from: isPreset(value) ? daysAgo(presets[value], now) : '', to: '' });
  };
  const shown = isCustom ? 'custom' : given;
  return (
    <>
      <Select
        aria-label={audit.period}
        value={shown}
        onChange={choose}
        allowDeselect={false}
        comboboxProps={{ hideDetached: false }}
        data={Object.entries(audit.periods).map(([value, label]) => ({ value, label }))}
        w={{ base: '47%', sm: 160 }}
      />
      {shown === 'custom' && <DateRange width={{ base: '47%', sm: 150 }} />}
    </>
  );
}

/** A filter by resource id, which only old links contain. It can be removed. */
function OldResource({ names }: { readonly names: Names }) {
  const { audit } = useTexts();
  const [resource, setResource] = useAddressParameter('resource');
  if (resource === '') return null;
  const name = names.get(resource.slice(resource.indexOf('/') + 1))?.name ?? resource;
  return (
    <Button
      variant="light"
      radius="xl"
      size="xs"
      rightSection={<IconX size={14} aria-hidden />}
      aria-label={audit.removeFilter(name)}
      onClick={() => setResource('')}
    >
      {name}
    </Button>
  );
}

const all = {
  ...{ actor: '', action: '', about: '', resource: '', organization: '', from: '', to: '' },
  supportAccess: '',
};

/** The audit log's filters, all kept in the URL. */
export function TrailFilters({ isFiltered, ...scope }: ScopeProps & { readonly isFiltered: boolean }) {
  const { audit } = useTexts();
  const set = useSetAddress();
  const { organizationId, names } = scope;
  return (
    <Group gap="xs" align="flex-end">
      {organizationId === undefined && <OrganizationPicker />}
      <ActorPicker {...scope} />
      <ActionPicker />
      {organizationId !== undefined && <ThingPicker organizationId={organizationId} names={names} />}
      <PeriodPicker />
      <OldResource names={names} />
      {isFiltered && (
        <Button variant="subtle" size="xs" onClick={() => set(all)}>
          {audit.clear}
        </Button>
      )}
    </Group>
  );
}
