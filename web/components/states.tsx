import { Alert, Button, Group, Paper, Skeleton, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { ApiError } from '../lib/api-error.ts';

/** What a view shows while it waits: about as tall as what comes, so that nothing jumps. */
export const Loading = ({ rows = 4 }: { readonly rows?: number }) => (
  <Stack gap="xs" role="status" aria-label="Loading">
    {Array.from({ length: rows }, (_, index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: rows that are all the same have no other name
      <Skeleton key={index} height={44} />
    ))}
  </Stack>
);

/** What a view shows when there is nothing yet, and what to do next. */
export const Empty = ({
  title,
  children,
  action,
}: {
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}) => (
  <Paper withBorder p="xl" radius="md">
    <Stack gap="xs" align="center" ta="center">
      <Text fw={600}>{title}</Text>
      {children !== undefined && (
        <Text c="dimmed" maw={480}>
          {children}
        </Text>
      )}
      {action}
    </Stack>
  </Paper>
);

const titles: Readonly<Record<string, string>> = {
  forbidden: 'You may not see this',
  not_found: 'This isn’t there',
  offline: 'No connection',
  rate_limited: 'Too many requests',
};

/** What a view shows when it could not be read: what went wrong, what to do, and the number to quote. */
export function Failed({ error, onRetry }: { readonly error: Error; readonly onRetry?: () => void }) {
  const code = error instanceof ApiError ? error.code : 'unexpected';
  const requestId = error instanceof ApiError ? error.requestId : undefined;
  const message = error instanceof ApiError ? error.message : 'Something in the page went wrong. Try again.';
  return (
    <Alert color="red" variant="light" title={titles[code] ?? 'That didn’t work'} role="alert">
      <Stack gap="xs">
        <Text size="sm">{message}</Text>
        {code === 'forbidden' && (
          <Text size="sm">An admin of your organization can give you another role.</Text>
        )}
        <Group gap="md">
          {onRetry !== undefined && code !== 'forbidden' && (
            <Button size="xs" variant="default" onClick={onRetry}>
              Try again
            </Button>
          )}
          {requestId !== undefined && (
            <Text size="xs" c="dimmed">
              Request {requestId}
            </Text>
          )}
        </Group>
      </Stack>
    </Alert>
  );
}
