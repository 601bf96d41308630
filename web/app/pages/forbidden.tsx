import { Anchor, Paper, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Page } from '../../components/page.tsx';
import { useMember } from '../../lib/me.tsx';

/** A page that is there, for somebody else. */
export function Forbidden({ who }: { readonly who: string }) {
  const { landingPath } = useMember();
  return (
    <Page title="You may not open this page">
      <Paper withBorder radius="md" p="lg">
        <Stack gap="sm" align="flex-start">
          <Text>It is for {who}. If you need something from it, ask them.</Text>
          <Anchor component={Link} to={landingPath}>
            Back to your own page
          </Anchor>
        </Stack>
      </Paper>
    </Page>
  );
}

/** A page that isn't there. */
export const NotFound = () => (
  <Page title="This page isn’t there">
    <Text>
      The address may be mistyped, or what it was about is gone.{' '}
      <Anchor component={Link} to="/" underline="always">
        Back to the start
      </Anchor>
    </Text>
  </Page>
);
