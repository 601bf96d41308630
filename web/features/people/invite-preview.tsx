import { ActionIcon, Group, Stack, Text, TextInput } from '@mantine/core';
import IconX from '@tabler/icons-react/icons/IconX';
import type { OrganizationId } from '../../../domain/ids.ts';
import type { BulkResult } from '../../../domain/invitation/invitation.schema.ts';
import { StatusBadge } from '../../components/status-badge.tsx';
import type { Column } from '../../components/table/column.ts';
import { DataTable } from '../../components/table/data-table.tsx';
import { useTexts } from '../../text/language.tsx';
import { saidOfLine } from '../../text/said.ts';
import type { Line, useInviteList } from './invite-list.ts';
import type { LeftOut } from './pasted-people.ts';
import { RoleField, TeamField, usePlaceChoices } from './place-fields.tsx';

type Result = BulkResult['results'][number];

interface Props {
  readonly organizationId: OrganizationId;
  readonly list: ReturnType<typeof useInviteList>;
  readonly outcomeOf: (email: string) => Result | undefined;
}

/** The people to invite, with editable name, role and team, and any problems. */
export function InvitePreview(props: Props) {
  const { lines, leftOut } = props.list;
  const { inviting } = useTexts().people;
  const columns = usePreviewColumns(props);
  return (
    <Stack gap="xs" aria-live="polite">
      {lines.length > 0 && (
        <DataTable label={inviting.preview} columns={columns} items={lines} keyOf={({ email }) => email} />
      )}
      <LeftOutEntries entries={leftOut} />
    </Stack>
  );
}

/** Role and team of a line. */
function usePlaceColumn({ organizationId, list: { change } }: Props): Column<Line> {
  const { people } = useTexts();
  const { inviting } = people;
  const choices = usePlaceChoices(organizationId);
  return {
    id: 'place',
    title: inviting.place,
    width: 310,
    grows: true,
    phone: 'fact',
    cell: (line) => (
      <Group gap="xs" wrap="nowrap" grow>
        <RoleField
          place={line}
          choices={choices}
          hiddenLabel={inviting.roleOf(line.email)}
          onChange={(place) => change(line.email, place)}
        />
        <TeamField
          place={line}
          choices={choices}
          hiddenLabel={inviting.teamOf(line.email)}
          onChange={(place) => change(line.email, place)}
        />
      </Group>
    ),
  };
}

/** Name, role and problems of a line. */
function usePreviewColumns(props: Props): readonly Column<Line>[] {
  const { people } = useTexts();
  const { inviting } = people;
  const { change, skip } = props.list;
  const place = usePlaceColumn(props);
  return [
    {
      id: 'person',
      title: people.person,
      width: '1.6fr',
      grows: true,
      cell: (line) => (
        <Stack gap={0} miw={0} py={6}>
          <TextInput
            size="xs"
            variant="unstyled"
            aria-label={inviting.nameOf(line.email)}
            value={line.name}
            onChange={({ currentTarget }) => change(line.email, { name: currentTarget.value })}
          />
          <Text size="xs" c="dimmed" truncate title={line.email}>
            {line.email}
          </Text>
        </Stack>
      ),
      text: ({ name }) => name,
    },
    place,
    {
      id: 'status',
      title: people.status,
      width: '1fr',
      grows: true,
      phone: 'fact',
      cell: ({ email }) => <Readiness outcome={props.outcomeOf(email)} />,
    },
    {
      id: 'skip',
      title: inviting.skipTitle,
      width: 44,
      actions: true,
      cell: ({ email }) => (
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={inviting.skip(email)}
          onClick={() => skip(email)}
        >
          <IconX size={16} aria-hidden />
        </ActionIcon>
      ),
    },
  ];
}

function Readiness({ outcome }: { readonly outcome: Result | undefined }) {
  const texts = useTexts();
  if (outcome === undefined)
    return (
      <Text size="xs" c="dimmed">
        {texts.people.inviting.checking}
      </Text>
    );
  if (outcome.status === 'invited')
    return <StatusBadge tone="good">{texts.people.inviting.ready}</StatusBadge>;
  return (
    <Text
      size="xs"
      c="light-dark(var(--mantine-color-orange-9), var(--mantine-color-orange-4))"
      style={{ whiteSpace: 'normal' }}
    >
      {saidOfLine(texts, outcome)}
    </Text>
  );
}

/** Unrecognized parts of the pasted text; nothing is dropped silently. */
function LeftOutEntries({ entries }: { readonly entries: readonly LeftOut[] }) {
  const { inviting } = useTexts().people;
  if (entries.length === 0) return null;
  const title = inviting.leftOut(entries.length);
  return (
    <Stack gap={2} role="region" aria-label={title} tabIndex={0} mah={120} style={{ overflowY: 'auto' }}>
      <Text size="sm" fw={500}>
        {title}
      </Text>
      <ul aria-label={title} style={{ margin: 0, padding: 0, listStyle: 'none' }}>
        {entries.map(({ text, reason }, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same text may stand there twice
          <li key={place}>
            <Text span size="sm" style={{ overflowWrap: 'anywhere' }}>
              {text}
            </Text>{' '}
            <Text span size="sm" c="dimmed">
              {inviting.reasons[reason]}
            </Text>
          </li>
        ))}
      </ul>
    </Stack>
  );
}
