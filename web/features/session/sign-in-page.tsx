import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { wantedAddress } from '../../lib/own-addresses.ts';
import { useSession } from '../../lib/session.tsx';
import { SignIn } from './sign-in.tsx';

/** The sign-in page after signing out. */
export function SignInPage() {
  const { identity } = useSession();
  const queries = useQueryClient();
  const { history } = useRouter();
  const onSignedIn = () => {
    // The next user must not see cached data of the previous one.
    queries.clear();
    history.push(wantedAddress(history.location.search));
  };
  return <SignIn identity={identity} onSignedIn={onSignedIn} />;
}
