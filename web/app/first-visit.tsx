import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { type ComponentProps, useState } from 'react';
import { SignIn } from '../features/session/sign-in.tsx';
import type { Identity } from '../identity/identity.ts';
import { LanguageProvider } from '../text/language.tsx';
import { loadSignInTexts } from '../text/sign-in-texts.ts';
import { Look } from './theme.tsx';

interface FirstVisitProps {
  readonly identity: Identity;
  readonly language: ComponentProps<typeof LanguageProvider>['initial'];
  readonly onSignedIn: () => void;
}

/** The sign-in page without the app, which loads in the background. */
export function FirstVisit({ identity, language, onSignedIn }: FirstVisitProps) {
  const [queries] = useState(() => new QueryClient());
  return (
    <LanguageProvider initial={language} load={loadSignInTexts}>
      <Look>
        <QueryClientProvider client={queries}>
          {identity.wrap(<SignIn identity={identity} onSignedIn={onSignedIn} />)}
        </QueryClientProvider>
      </Look>
    </LanguageProvider>
  );
}
