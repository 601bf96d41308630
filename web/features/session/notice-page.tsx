import { Button, Center, Paper, Stack, Text, Title } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';
import { Brand } from '../../components/brand.tsx';
import { useTexts } from '../../text/language.tsx';

interface NoticeProps {
  readonly title: string;
  readonly children: ReactNode;
  readonly requestId?: string | undefined;
  readonly onRetry?: (() => void) | undefined;
  readonly onSignOut: () => void;
}

/** Says why there is nothing to see behind the sign-in, and what to do about it. */
export function NoticePage({ title, children, requestId, onRetry, onSignOut }: NoticeProps) {
  const { common, shell } = useTexts();
  useEffect(() => {
    document.title = common.pageTitle(title);
  }, [title, common]);
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
              {common.request(requestId)}
            </Text>
          )}
          {onRetry !== undefined && <Button onClick={onRetry}>{common.retry}</Button>}
          <Button variant="default" onClick={onSignOut}>
            {shell.signOut}
          </Button>
        </Stack>
      </Paper>
    </Center>
  );
}
