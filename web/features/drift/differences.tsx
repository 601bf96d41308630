import { Group, Stack, Text } from '@mantine/core';
import type { DriftEntry, DriftOutcome, DriftRun } from '../../../domain/drift/drift.schema.ts';
import { CopyButton } from '../../components/copy-button.tsx';
import { OrganizationLink, PersonLink } from '../../components/links.tsx';
import { Empty } from '../../components/states.tsx';
import { StatusBadge, type Tone } from '../../components/status-badge.tsx';
import type { Column } from '../../components/table/column.ts';
import { DataTable } from '../../components/table/data-table.tsx';
import { useFormats, useTexts } from '../../text/language.tsx';

interface Props {
  readonly run: DriftRun;
  /** Names of organizations by id. */
  readonly organizations: Readonly<Record<string, string>>;
}

const tones: Readonly<Record<DriftOutcome, Tone>> = {
  found: 'info',
  repaired: 'good',
  moved: 'neutral',
  needs_person: 'bad',
};
const order: readonly DriftOutcome[] = ['needs_person', 'found', 'moved', 'repaired'];

/** The differences found by a run; those that need a person come first. */
export function Differences({ run, organizations }: Props) {
  const { drift } = useTexts();
  const columns = useColumns(organizations);
  const { entries, counts, status } = run;
  if (entries.length === 0)
    return status === 'done' ? (
      <Empty title={drift.equal}>{drift.equalText}</Empty>
    ) : (
      <Empty title={drift.unfinished}>{drift.unfinishedText}</Empty>
    );
  const items = entries.toSorted((a, b) => order.indexOf(a.outcome) - order.indexOf(b.outcome));
  const more = Object.values(counts).reduce((sum, count) => sum + count, 0) - entries.length;
  return (
    <Stack gap="xs">
      <DataTable
        label={drift.column.what}
        columns={columns}
        items={items}
        keyOf={({ kind, of }) => `${kind} ${of}`}
      />
      {more > 0 && (
        <Text size="sm" c="dimmed">
          {drift.more(more)}
        </Text>
      )}
    </Stack>
  );
}

/** A difference as text. */
function useDifferenceInWords(): (entry: DriftEntry) => string {
  const { drift } = useTexts();
  const { list } = useFormats();
  return ({ kind, details = [] }) =>
    kind === 'details'
      ? drift.detailsDiffer(list(details.map((detail) => drift.details[detail])))
      : drift.differences[kind];
}

/**
 * The affected user, with Clerk's id for looking them up: names are only on the user's own page, which a
 * super admin reads through support access.
 */
function Who({ entry: { kind, of, organizationId } }: { readonly entry: DriftEntry }) {
  const { drift } = useTexts();
  const isPersons = kind !== 'letter' && organizationId !== undefined && organizationId !== 'platform';
  return (
    <Group gap={4} wrap="nowrap">
      {isPersons ? (
        <PersonLink organizationId={organizationId} userId={of} name={drift.who.member} />
      ) : (
        <Text span size="sm">
          {kind === 'letter' ? drift.who.invitation : drift.who.person}
        </Text>
      )}
      <CopyButton value={of} what={drift.who.id(of)} />
    </Group>
  );
}

function useColumns(organizations: Props['organizations']): readonly Column<DriftEntry>[] {
  const { drift } = useTexts();
  const { column } = drift;
  const inWords = useDifferenceInWords();
  return [
    {
      id: 'what',
      title: column.what,
      grows: true,
      cell: (entry) => (
        <Stack gap={0}>
          <Text size="sm">{inWords(entry)}</Text>
          {entry.reason !== undefined && (
            <Text size="sm" c="dimmed">
              {drift.reasons[entry.reason]}
            </Text>
          )}
        </Stack>
      ),
      sort: inWords,
    },
    { id: 'who', title: column.who, width: '1fr', cell: (entry) => <Who entry={entry} /> },
    {
      id: 'organization',
      title: column.organization,
      width: 160,
      cell: ({ organizationId = '' }) =>
        organizations[organizationId] === undefined ? (
          '–'
        ) : (
          <OrganizationLink organizationId={organizationId} name={organizations[organizationId]} />
        ),
      sort: ({ organizationId = '' }) => organizations[organizationId] ?? '',
    },
    {
      id: 'outcome',
      title: column.outcome,
      width: 190,
      phone: 'fact',
      cell: ({ outcome }) => <StatusBadge tone={tones[outcome]}>{drift.outcomes[outcome]}</StatusBadge>,
      sort: ({ outcome }) => order.indexOf(outcome),
    },
  ];
}
