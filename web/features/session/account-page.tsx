import { Page } from '../../components/page.tsx';
import { useSession } from '../../lib/session.tsx';
import { useTexts } from '../../text/language.tsx';

/** One's own account, as the sign-in service shows it. */
export function AccountPage() {
  const { identity } = useSession();
  const { account } = useTexts().session;
  return (
    <Page title={account.title} description={account.text}>
      {identity.renderAccount()}
    </Page>
  );
}
