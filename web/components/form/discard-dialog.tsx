import { Button, Group, Stack, Text } from '@mantine/core';
import { useBlocker } from '@tanstack/react-router';
import { hasUnsaved } from '../../lib/unsaved.ts';
import { useTexts } from '../../text/language.tsx';
import { Dialog } from '../dialog.tsx';

interface Props {
  readonly onKeep: () => void;
  readonly onDiscard: () => void;
}

/** Asks before what was typed is lost. */
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

/**
 * Another page, or another tab of it; a filter or a dialog in the address leaves what is typed where it is.
 */
const isElsewhere = (from: Place, to: Place): boolean => tabOf(from) !== tabOf(to);

const tabOf = ({ pathname, search }: Place): string =>
  `${pathname} ${'tab' in search ? String(search.tab) : ''}`;

/** Asks before a page is left on which something is typed that nobody has sent. */
export function LeaveGuard() {
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => hasUnsaved() && isElsewhere(current, next),
    enableBeforeUnload: false,
    withResolver: true,
  });
  if (blocker.status !== 'blocked') return null;
  return <DiscardDialog onKeep={blocker.reset} onDiscard={blocker.proceed} />;
}
