import IconHistory from '@tabler/icons-react/icons/IconHistory';
import type { Feature } from '../../lib/feature.ts';
import { lazyPage } from '../../lib/lazy-page.ts';
import type * as english from './text.en.ts';

export const audit: Feature<'audit', typeof english.texts> = {
  name: 'audit',
  english: () => import('./text.en.ts'),
  german: () => import('./text.de.ts'),
  sentences: () => import('./sentences.ts'),
  pages: [
    {
      under: 'admin',
      path: '/audit',
      component: lazyPage(() => import('./audit-page.tsx'), 'AuditFeedPage'),
      menu: { title: (texts) => texts.audit.audit, icon: IconHistory },
    },
    {
      under: 'organization',
      path: '/audit',
      component: lazyPage(() => import('./audit-page.tsx'), 'AuditPage'),
      menu: { title: (texts) => texts.audit.audit, icon: IconHistory },
      needs: ['list', 'AuditEntry'],
      audience: 'admins',
    },
    {
      under: 'organization',
      path: '/audit/verify',
      component: lazyPage(() => import('./verify-page.tsx'), 'VerifyPage'),
      needs: ['read', 'AuditCheckpoint'],
      audience: 'admins',
    },
  ],
  panels: {
    dashboard: [
      {
        name: 'activity',
        half: 'right',
        rank: 1,
        component: lazyPage(() => import('./activity.tsx'), 'RecentActivity'),
      },
    ],
    home: [
      {
        name: 'activity',
        half: 'right',
        rank: 2,
        component: lazyPage(() => import('./activity.tsx'), 'OrganizationActivity'),
      },
    ],
    team: [
      {
        name: 'activity',
        title: (texts) => texts.audit.activity,
        needs: ['list', 'AuditEntry'],
        component: lazyPage(() => import('./activity.tsx'), 'TeamActivity'),
      },
    ],
    kpi: [
      {
        name: 'activity',
        title: (texts) => texts.audit.activity,
        needs: ['list', 'AuditEntry'],
        component: lazyPage(() => import('./activity.tsx'), 'KpiActivity'),
      },
    ],
    person: [
      {
        name: 'activity',
        title: (texts) => texts.audit.activity,
        needs: ['list', 'AuditEntry'],
        component: lazyPage(() => import('./activity.tsx'), 'PersonActivity'),
      },
    ],
    support: [
      {
        name: 'activity',
        needs: ['list', 'AuditEntry'],
        component: lazyPage(() => import('./activity.tsx'), 'SupportActivity'),
      },
    ],
    organization: [
      {
        name: 'audit',
        title: (texts) => texts.audit.audit,
        component: lazyPage(() => import('./audit-page.tsx'), 'AuditTrail'),
      },
    ],
  },
};
