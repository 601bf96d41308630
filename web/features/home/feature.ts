import IconHome from '@tabler/icons-react/icons/IconHome';
import type { Feature } from '../../lib/feature.ts';
import { lazyPage } from '../../lib/lazy-page.ts';
import type * as english from './text.en.ts';

export const home: Feature<'home', typeof english.texts> = {
  name: 'home',
  english: () => import('./text.en.ts'),
  german: () => import('./text.de.ts'),
  pages: [
    {
      under: 'organization',
      path: '/',
      component: lazyPage(() => import('./home-page.tsx'), 'HomePage'),
      menu: { title: (texts) => texts.home.home, icon: IconHome },
      place: 'home',
    },
  ],
  panels: {
    team: [
      {
        name: 'analytics',
        title: (texts) => texts.home.analytics,
        needs: ['read', 'Analytics'],
        component: lazyPage(() => import('./team-analytics.tsx'), 'TeamAnalytics'),
      },
    ],
  },
};
