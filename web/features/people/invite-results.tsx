import { Button, Group, Stack } from '@mantine/core';
import type { BulkResult } from '../../../domain/invitation/invitation.schema.ts';
import { Dialog } from '../../components/dialog.tsx';
import { StatusBadge } from '../../components/status-badge.tsx';
import { DataTable } from '../../components/table/data-table.tsx';
import { useTexts } from '../../text/language.tsx';
import { saidOfLine } from '../../text/said.ts';

type Result = BulkResult['results'][number];

interface Props {
  readonly results: readonly Result[];
  readonly onAgain: () => void;
  readonly onClose: () => void;
}

/** The outcome of each line. */
export function InviteResults({ results, onAgain, onClose }: Props) {
  const { people } = useTexts();
  return (
    <Dialog title={people.inviting.results} size="xl" onClose={onClose}>
      <Stack gap="md">
        <DataTable
          label={people.inviting.results}
          items={results}
          keyOf={({ index }) => String(index)}
          columns={[
            { id: 'email', title: people.email, cell: ({ email }) => email },
            {
              id: 'outcome',
              title: people.inviting.outcome,
              grows: true,
              phone: 'fact',
              cell: (result) => <Outcome result={result} />,
            },
          ]}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onAgain}>
            {people.inviting.again}
          </Button>
          <Button onClick={onClose} data-autofocus>
            {people.inviting.done}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}

function Outcome({ result }: { readonly result: Result }) {
  const texts = useTexts();
  const { inviting, notSent } = texts.people;
  if (result.status === 'refused') return saidOfLine(texts, result);
  switch (result.invitation?.delivery) {
    case 'queued':
      return <StatusBadge tone="info">{inviting.queued}</StatusBadge>;
    case 'failed':
      return <StatusBadge tone="bad">{notSent(result.invitation.deliveryProblem ?? '')}</StatusBadge>;
    default:
      return <StatusBadge tone="good">{inviting.sent}</StatusBadge>;
  }
}
