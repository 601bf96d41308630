import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { SignInPage } from '../../features/session/sign-in-page.tsx';

export function SignIn() {
  const queries = useQueryClient();
  const navigate = useNavigate();
  return (
    <SignInPage
      onSignedIn={() => {
        // What somebody else has read here is not for the next person.
        queries.clear();
        void navigate({ to: '/' });
      }}
    />
  );
}
