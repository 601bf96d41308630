import type { Feature } from '../../lib/feature.ts';
import { lazyPage } from '../../lib/lazy-page.ts';
import { accountAddress, signInAddress } from '../../lib/own-addresses.ts';
import type * as english from './text.en.ts';

export const session: Feature<'session', typeof english.texts> = {
  name: 'session',
  english: () => import('./text.en.ts'),
  german: () => import('./text.de.ts'),
  sentences: () => import('./sentences.ts'),
  pages: [
    {
      under: 'public',
      path: signInAddress,
      component: lazyPage(() => import('./sign-in-page.tsx'), 'SignInPage'),
    },
    {
      under: 'member',
      path: accountAddress,
      component: lazyPage(() => import('./account-page.tsx'), 'AccountPage'),
      place: 'account',
    },
  ],
};
