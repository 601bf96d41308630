import { Button, Center, Paper, Stack, Text, Title } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';
import { Brand } from '../../components/brand.tsx';

interface NoticeProps {
  readonly title: string;
  readonly children: ReactNode;
  readonly requestId?: string | undefined;
  readonly onRetry?: (() => void) | undefined;
  readonly onSignOut: () => void;
}

/** Says why there is nothing to see behind the sign-in, and what to do about it. */
export function NoticePage({ title, children, requestId, onRetry, onSignOut }: NoticeProps) {
  useEffect(() => {
    document.title = `${title} · MTCMS`;
  }, [title]);
  return (
    <Center component="main" mih="100vh" p="md">
      <Paper withBorder radius="lg" p="xl" w="100%" maw={520}>
        <Stack gap="md" align="flex-start">
          <Brand />
          <Title order={1} size="h2">
            {title}
          </Title>
          <Text>{children}</Text>
          {requestId !== undefined && (
            <Text size="xs" c="dimmed">
              Request {requestId}
            </Text>
          )}
          {onRetry !== undefined && <Button onClick={onRetry}>Try again</Button>}
          <Button variant="default" onClick={onSignOut}>
            Sign out
          </Button>
        </Stack>
      </Paper>
    </Center>
  );
}
