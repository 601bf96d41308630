import { Stack } from '@mantine/core';
import { PLATFORM } from '../../../domain/ids.ts';
import { Page } from '../../components/page.tsx';
import { usePanels } from '../../components/panels.tsx';
import { useMember } from '../../lib/member.tsx';
import { useSession } from '../../lib/session.tsx';
import { useTexts } from '../../text/language.tsx';

/** The user's account, as the identity provider shows it, and the organization's data about them. */
export function AccountPage() {
  const { identity } = useSession();
  const { account } = useTexts().session;
  const { organizationId, userId } = useMember().user;
  const panels = usePanels('account', organizationId, { userId });
  // Platform users belong to no organization that could store data about them.
  const shown = organizationId === PLATFORM ? [] : panels;
  return (
    <Page title={account.title} description={account.text}>
      {identity.renderAccount()}
      {/* As wide as the cards above. */}
      <Stack gap="md" maw={720}>
        {shown.map(({ name, component: Panel }) => (
          <Panel key={name} organizationId={organizationId} userId={userId} />
        ))}
      </Stack>
    </Page>
  );
}
