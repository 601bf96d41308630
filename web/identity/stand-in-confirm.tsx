import { Button, Group, Stack, Text } from '@mantine/core';
import { Dialog } from '../components/dialog.tsx';
import { Failed } from '../components/states.tsx';
import { useChange } from '../lib/change.ts';
import { useTexts } from '../text/language.tsx';

interface Props {
  readonly verify: () => Promise<void>;
  /** Whether the person has confirmed that it is them. */
  readonly onAnswered: (confirmed: boolean) => void;
}

/**
 * Asks to confirm that it is oneself: elsewhere it is a dialog of Clerk's, with password and second factor.
 */
export function StandInConfirm({ verify, onAnswered }: Props) {
  const { session, common } = useTexts();
  const { confirm } = session;
  const verifying = useChange({ mutationFn: verify, onSuccess: () => onAnswered(true) });
  return (
    <Dialog title={confirm.title} above onClose={() => onAnswered(false)}>
      <Stack gap="md">
        <Text size="sm">{confirm.text}</Text>
        {verifying.error !== null && <Failed error={verifying.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={() => onAnswered(false)}>
            {common.cancel}
          </Button>
          <Button data-autofocus loading={verifying.isPending} onClick={() => verifying.mutate()}>
            {confirm.action}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
