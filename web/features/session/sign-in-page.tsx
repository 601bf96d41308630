import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useSession } from '../../lib/session.tsx';
import { SignIn } from './sign-in.tsx';

/** The way in again, for who signed out. */
export function SignInPage() {
  const { identity } = useSession();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const onSignedIn = () => {
    // What somebody else has read here is not for the next person.
    queries.clear();
    void navigate({ to: '/' });
  };
  return <SignIn identity={identity} onSignedIn={onSignedIn} />;
}
