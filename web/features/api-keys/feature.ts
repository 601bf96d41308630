import IconKey from '@tabler/icons-react/icons/IconKey';
import type { Feature } from '../../lib/feature.ts';
import { lazyPage } from '../../lib/lazy-page.ts';
import type * as english from './text.en.ts';

export const apiKeys: Feature<'apiKeys', typeof english.texts> = {
  name: 'apiKeys',
  english: () => import('./text.en.ts'),
  german: () => import('./text.de.ts'),
  sentences: () => import('./sentences.ts'),
  pages: [
    {
      under: 'organization',
      path: '/api-keys',
      component: lazyPage(() => import('./api-keys-page.tsx'), 'ApiKeysPage'),
      menu: { title: (texts) => texts.apiKeys.title, icon: IconKey, last: true },
      needs: ['list', 'ApiKey'],
      audience: 'admins',
    },
  ],
};
