import { Button, Group, Stack, Text } from '@mantine/core';
import { Dialog } from '../components/dialog.tsx';
import { Failed } from '../components/states.tsx';
import { useChange } from '../lib/change.ts';
import { useTexts } from '../text/language.tsx';

interface Props {
  readonly verify: () => Promise<void>;
  /** Called with whether the user has confirmed their identity. */
  readonly onAnswered: (confirmed: boolean) => void;
}

/**
 * Asks for confirmation of identity; with Clerk it is Clerk's own dialog, with password and second factor.
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
