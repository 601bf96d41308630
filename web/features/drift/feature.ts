import IconRefreshDot from '@tabler/icons-react/icons/IconRefreshDot';
import type { Feature } from '../../lib/feature.ts';
import { lazyPage } from '../../lib/lazy-page.ts';
import type * as english from './text.en.ts';

export const drift: Feature<'drift', typeof english.texts> = {
  name: 'drift',
  english: () => import('./text.en.ts'),
  german: () => import('./text.de.ts'),
  pages: [
    {
      under: 'admin',
      path: '/clerk',
      component: lazyPage(() => import('./drift-page.tsx'), 'DriftPage'),
      menu: { title: (texts) => texts.drift.title, icon: IconRefreshDot, last: true },
    },
  ],
};
