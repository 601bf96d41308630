import IconCalculator from '@tabler/icons-react/icons/IconCalculator';
import IconChartLine from '@tabler/icons-react/icons/IconChartLine';
import type { Feature } from '../../lib/feature.ts';
import { lazyPage } from '../../lib/lazy-page.ts';
import type * as english from './text.en.ts';

export const analytics: Feature<'analytics', typeof english.texts> = {
  name: 'analytics',
  english: () => import('./text.en.ts'),
  german: () => import('./text.de.ts'),
  sentences: () => import('./sentences.ts'),
  pages: [
    {
      under: 'admin',
      path: '/analytics',
      component: lazyPage(() => import('./analytics-page.tsx'), 'AnalyticsPage'),
      menu: { title: (texts) => texts.analytics.analytics, icon: IconChartLine },
    },
    {
      under: 'admin',
      path: '/usage',
      component: lazyPage(() => import('./usage-runs-page.tsx'), 'UsageRunsPage'),
      menu: { title: (texts) => texts.analytics.runs.title, icon: IconCalculator, last: true },
    },
    {
      under: 'organization',
      path: '/analytics',
      component: lazyPage(() => import('./organization-analytics.tsx'), 'OrganizationAnalyticsPage'),
      menu: { title: (texts) => texts.analytics.analytics, icon: IconChartLine },
      needs: ['list', 'UsageSnapshot'],
      audience: 'admins',
    },
  ],
  panels: {
    dashboard: [
      {
        name: 'attention',
        half: 'left',
        component: lazyPage(() => import('./attention.tsx'), 'Attention'),
      },
      {
        name: 'plans',
        half: 'right',
        component: lazyPage(() => import('./growth.tsx'), 'Plans'),
      },
      {
        name: 'growth',
        component: lazyPage(() => import('./growth.tsx'), 'Growth'),
      },
      {
        name: 'onboarding',
        component: lazyPage(() => import('./growth.tsx'), 'Onboarding'),
      },
    ],
    home: [
      {
        name: 'kpi-status',
        half: 'left',
        rank: 1,
        component: lazyPage(() => import('./organization-home.tsx'), 'KpiStanding'),
      },
      {
        name: 'figures',
        half: 'right',
        component: lazyPage(() => import('./organization-home.tsx'), 'OrganizationGlance'),
      },
    ],
    organization: [
      {
        name: 'usage',
        title: (texts) => texts.analytics.usage,
        component: lazyPage(() => import('./organization-analytics.tsx'), 'OrganizationFigures'),
      },
    ],
  },
};
