import { Anchor, Paper, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useMember } from '../lib/member.tsx';
import { useTexts } from '../text/language.tsx';
import { Page } from './page.tsx';

/** A page that exists but isn't available to this user. */
export function Forbidden({ who }: { readonly who: string }) {
  const { landingPath } = useMember();
  const { errors } = useTexts();
  return (
    <Page title={errors.forbiddenPage}>
      <Paper withBorder radius="md" p="lg">
        <Stack gap="sm" align="flex-start">
          <Text>{errors.forbiddenText(who)}</Text>
          <Anchor component={Link} to={landingPath}>
            {errors.ownPage}
          </Anchor>
        </Stack>
      </Paper>
    </Page>
  );
}

/** A page that doesn't exist. */
export function NotFound() {
  const { errors } = useTexts();
  return (
    <Page title={errors.notFoundPage}>
      <Text>
        {errors.notFoundText}{' '}
        <Anchor component={Link} to="/" underline="always">
          {errors.start}
        </Anchor>
      </Text>
    </Page>
  );
}
