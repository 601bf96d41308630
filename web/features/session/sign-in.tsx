import { Center, Paper, Stack, Text, Title } from '@mantine/core';
import { useEffect } from 'react';
import { Brand } from '../../components/brand.tsx';
import type { Identity } from '../../identity/identity.ts';
import { useTexts } from '../../text/language.tsx';

interface SignInProps {
  readonly identity: Identity;
  readonly onSignedIn: () => void;
}

/** Requesting access. */
export function SignIn({ identity, onSignedIn }: SignInProps) {
  const { common, session } = useTexts();
  useEffect(() => {
    document.title = common.pageTitle(session.signIn);
  }, [common, session]);
  return (
    <Center component="main" mih="100vh" p="md" pt="10vh" style={{ alignItems: 'flex-start' }}>
      <Paper withBorder radius="lg" p="xl" w="100%" maw={460}>
        <Stack gap="lg">
          <Brand />
          <Stack gap={2}>
            <Title order={1} size="h2">
              {session.signIn}
            </Title>
            <Text c="dimmed">{session.signInText}</Text>
          </Stack>
          {identity.renderSignIn(onSignedIn)}
        </Stack>
      </Paper>
    </Center>
  );
}
