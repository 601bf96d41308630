import { Button, Group, Stack, Table, Text } from '@mantine/core';
import { useTexts } from '../../text/language.tsx';
import { Dialog } from '../dialog.tsx';

/** One field that was changed twice. */
interface Difference {
  readonly field: string;
  readonly mine: string;
  readonly theirs: string;
}

interface ConflictProps {
  /** Whether the other change was one's own. */
  readonly isOwn: boolean;
  readonly differences: readonly Difference[];
  readonly pending: boolean;
  readonly onKeepMine: () => void;
  readonly onTakeTheirs: () => void;
  readonly onClose: () => void;
}

/**
 * Shows both versions where another change of the same fields came first (412 `stale`), and lets the person
 * decide.
 */
export function ConflictDialog({
  isOwn,
  differences,
  pending,
  onKeepMine,
  onTakeTheirs,
  onClose,
}: ConflictProps) {
  const { conflict } = useTexts().shell;
  const title = isOwn ? conflict.ownTitle : conflict.title;
  return (
    <Dialog onClose={onClose} title={title} size="lg" above>
      <Stack gap="md">
        <Text size="sm">{conflict.text}</Text>
        <Table aria-label={title} layout="fixed" style={{ overflowWrap: 'anywhere', hyphens: 'auto' }}>
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
