import { Center, Paper, Stack, Text, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { Brand } from '../../components/brand.tsx';
import { useSession } from '../../lib/session.tsx';
import { useTexts } from '../../text/language.tsx';

/** The way in. */
export function SignInPage() {
  const { identity } = useSession();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { common, session } = useTexts();
  useEffect(() => {
    document.title = common.pageTitle(session.signIn);
  }, [common, session]);
  const onSignedIn = () => {
    // What somebody else has read here is not for the next person.
    queries.clear();
    void navigate({ to: '/' });
  };
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
