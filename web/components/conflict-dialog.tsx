import { Button, Group, Stack, Table, Text } from '@mantine/core';
import { useTexts } from '../text/language.tsx';
import { Dialog } from './dialog.tsx';

/** One field that two people have changed. */
interface Difference {
  readonly field: string;
  readonly mine: string;
  readonly theirs: string;
}

interface ConflictProps {
  readonly opened: boolean;
  readonly differences: readonly Difference[];
  readonly pending: boolean;
  readonly onKeepMine: () => void;
  readonly onTakeTheirs: () => void;
  readonly onClose: () => void;
}

/** Shows both versions when somebody else's change came first (412 `stale`), and lets the person decide. */
export function ConflictDialog({
  opened,
  differences,
  pending,
  onKeepMine,
  onTakeTheirs,
  onClose,
}: ConflictProps) {
  const { conflict } = useTexts().shell;
  if (!opened) return null;
  return (
    <Dialog onClose={onClose} title={conflict.title} size="lg" above>
      <Stack gap="md">
        <Text size="sm">{conflict.text}</Text>
        <Table
          aria-label={conflict.title}
          layout="fixed"
          style={{ overflowWrap: 'anywhere', hyphens: 'auto' }}
        >
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{conflict.field}</Table.Th>
              <Table.Th scope="col">{conflict.mine}</Table.Th>
              <Table.Th scope="col">{conflict.theirs}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {differences.map(({ field, mine, theirs }) => (
              <Table.Tr key={field}>
                <Table.Th scope="row">{field}</Table.Th>
                <Table.Td>{mine}</Table.Td>
                <Table.Td>{theirs}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
        <Group justify="flex-end">
          <Button variant="default" onClick={onTakeTheirs}>
            {conflict.takeTheirs}
          </Button>
          <Button loading={pending} onClick={onKeepMine}>
            {conflict.keepMine}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
