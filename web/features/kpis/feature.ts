import IconPlus from '@tabler/icons-react/icons/IconPlus';
import IconTargetArrow from '@tabler/icons-react/icons/IconTargetArrow';
import type { Feature } from '../../lib/feature.ts';
import { lazyPage } from '../../lib/lazy-page.ts';
import type * as english from './text.en.ts';

export const kpis: Feature<'kpis', typeof english.texts> = {
  name: 'kpis',
  english: () => import('./text.en.ts'),
  german: () => import('./text.de.ts'),
  sentences: () => import('./sentences.ts'),
  pages: [
    {
      under: 'organization',
      path: '/kpis',
      component: lazyPage(() => import('./kpis-page.tsx'), 'KpisPage'),
      menu: { title: (texts) => texts.kpis.kpis, icon: IconTargetArrow },
      needs: ['list', 'Kpi'],
    },
    {
      under: 'organization',
      path: '/kpis/$kpiId',
      component: lazyPage(() => import('./kpi-page.tsx'), 'KpiPage'),
      place: 'kpi',
    },
  ],
  finds: {
    title: (texts) => texts.kpis.kpis,
    icon: IconTargetArrow,
    under: 'organization',
    needs: ['list', 'Kpi'],
    load: async () => (await import('./queries.ts')).findKpis,
  },
  acts: [
    {
      title: (texts) => texts.kpis.newKpi,
      icon: IconPlus,
      under: 'organization',
      path: '/kpis',
      dialog: 'new-kpi',
      needs: ['create', 'Kpi'],
    },
  ],
  panels: {
    team: [
      {
        name: 'kpis',
        title: (texts) => texts.kpis.kpis,
        needs: ['read', 'Kpi'],
        component: lazyPage(() => import('./kpi-list.tsx'), 'TeamKpis'),
      },
    ],
    organization: [
      {
        name: 'kpis',
        title: (texts) => texts.kpis.kpis,
        component: lazyPage(() => import('./kpis-page.tsx'), 'KpiList'),
      },
    ],
  },
};
