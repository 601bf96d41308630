import { Button, Group, Stack, Text } from '@mantine/core';
import { useBlocker } from '@tanstack/react-router';
import { hasUnsaved } from '../../lib/unsaved.ts';
import { useTexts } from '../../text/language.tsx';
import { Dialog } from '../dialog.tsx';

interface Props {
  readonly onKeep: () => void;
  readonly onDiscard: () => void;
}

/** Asks before unsaved input is lost. */
export function DiscardDialog({ onKeep, onDiscard }: Props) {
  const texts = useTexts().shell.unsaved;
  return (
    <Dialog title={texts.title} onClose={onKeep} above>
      <Stack gap="md">
        <Text size="sm">{texts.text}</Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={onKeep} data-autofocus>
            {texts.keep}
          </Button>
          <Button color="red.9" onClick={onDiscard}>
            {texts.discard}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}

interface Place {
  readonly pathname: string;
  readonly search: object;
}

/** Whether the location is another page or another tab of it. A changed filter or dialog keeps the input. */
const isElsewhere = (from: Place, to: Place): boolean => tabOf(from) !== tabOf(to);

const tabOf = ({ pathname, search }: Place): string =>
  `${pathname} ${'tab' in search ? String(search.tab) : ''}`;

/** Asks before leaving a page with unsaved input. */
export function LeaveGuard() {
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => hasUnsaved() && isElsewhere(current, next),
    enableBeforeUnload: false,
    withResolver: true,
  });
  if (blocker.status !== 'blocked') return null;
  return <DiscardDialog onKeep={blocker.reset} onDiscard={blocker.proceed} />;
}
