import type { Feature } from '../../lib/feature.ts';
import { lazyPage } from '../../lib/lazy-page.ts';
import type * as english from './text.en.ts';

export const initiatives: Feature<'initiatives', typeof english.texts> = {
  name: 'initiatives',
  english: () => import('./text.en.ts'),
  german: () => import('./text.de.ts'),
  sentences: () => import('./sentences.ts'),
  pages: [],
  panels: {
    kpi: [
      {
        name: 'initiatives',
        title: (texts) => texts.initiatives.all,
        component: lazyPage(() => import('./initiatives.tsx'), 'InitiativesOfKpi'),
        needs: ['list', 'Initiative'],
      },
    ],
    team: [
      {
        name: 'initiatives',
        title: (texts) => texts.initiatives.all,
        component: lazyPage(() => import('./initiatives.tsx'), 'InitiativesOfTeam'),
        needs: ['list', 'Initiative'],
      },
    ],
  },
};
