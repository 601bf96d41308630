import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { wantedAddress } from '../../lib/own-addresses.ts';
import { useSession } from '../../lib/session.tsx';
import { SignIn } from './sign-in.tsx';

/** The way in again, for who signed out. */
export function SignInPage() {
  const { identity } = useSession();
  const queries = useQueryClient();
  const { history } = useRouter();
  const onSignedIn = () => {
    // What somebody else has read here is not for the next person.
    queries.clear();
    history.push(wantedAddress(history.location.search));
  };
  return <SignIn identity={identity} onSignedIn={onSignedIn} />;
}
