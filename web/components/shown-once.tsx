import { Button, Code, Group, Stack, Text } from '@mantine/core';
import { CopyButton } from './copy-button.tsx';
import { Dialog } from './dialog.tsx';

interface Props {
  readonly title: string;
  readonly text: string;
  /** Undefined if the response was lost. */
  readonly secret: string | undefined;
  /** Name of what is copied. */
  readonly what: string;
  readonly done: string;
  readonly onClose: () => void;
}

/** Shows a secret that can't be read again, until the user confirms having saved it. */
export function ShownOnce({ title, text, secret, what, done, onClose }: Props) {
  return (
    <Dialog title={title} size="lg" onClose={onClose}>
      <Stack gap="md">
        <Text size="sm" role="status">
          {text}
        </Text>
        {secret !== undefined && (
          <Group gap="xs" wrap="nowrap" align="flex-start">
            <Code
              block
              style={{ flex: 1, whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}
              aria-label={what}
            >
              {secret}
            </Code>
            <CopyButton value={secret} what={what} />
          </Group>
        )}
        <Group justify="flex-end">
          <Button onClick={onClose}>{done}</Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
