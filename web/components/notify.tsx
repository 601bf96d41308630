import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';

const shownMilliseconds = 8000;

interface Notice {
  readonly message: string;
  /** What takes it back, while the notice is shown. */
  readonly undo?: { readonly title: string; readonly run: () => void };
}

/** Says that something was done, and offers to take it back where that is possible. */
export function notify({ message, undo }: Notice): void {
  const id = notifications.show({
    autoClose: shownMilliseconds,
    withBorder: true,
    message:
      undo === undefined ? (
        message
      ) : (
        <Group justify="space-between" wrap="nowrap">
          <Text size="sm">{message}</Text>
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => {
              notifications.hide(id);
              undo.run();
            }}
          >
            {undo.title}
          </Button>
        </Group>
      ),
  });
}
