import IconLifebuoy from '@tabler/icons-react/icons/IconLifebuoy';
import type { Feature } from '../../lib/feature.ts';
import { lazyPage } from '../../lib/lazy-page.ts';
import type * as english from './text.en.ts';

export const supportAccess: Feature<'supportAccess', typeof english.texts> = {
  name: 'supportAccess',
  english: () => import('./text.en.ts'),
  german: () => import('./text.de.ts'),
  sentences: () => import('./sentences.ts'),
  pages: [
    {
      under: 'organization',
      path: '/support-access',
      component: lazyPage(() => import('./support-page.tsx'), 'SupportPage'),
      menu: { title: (texts) => texts.supportAccess.title, icon: IconLifebuoy, last: true },
      needs: ['list', 'SupportAccess'],
      audience: 'admins',
      place: 'support',
    },
  ],
};
