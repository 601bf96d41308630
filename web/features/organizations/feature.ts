import IconBuildingSkyscraper from '@tabler/icons-react/icons/IconBuildingSkyscraper';
import IconLayoutDashboard from '@tabler/icons-react/icons/IconLayoutDashboard';
import IconPlus from '@tabler/icons-react/icons/IconPlus';
import IconSettings from '@tabler/icons-react/icons/IconSettings';
import type { Feature } from '../../lib/feature.ts';
import { lazyPage } from '../../lib/lazy-page.ts';
import type * as english from './text.en.ts';

export const organizations: Feature<'organizations', typeof english.texts> = {
  name: 'organizations',
  english: () => import('./text.en.ts'),
  german: () => import('./text.de.ts'),
  sentences: () => import('./sentences.ts'),
  pages: [
    {
      under: 'admin',
      path: '/dashboard',
      component: lazyPage(() => import('./dashboard-page.tsx'), 'DashboardPage'),
      menu: { title: (texts) => texts.organizations.dashboard, icon: IconLayoutDashboard },
      place: 'dashboard',
    },
    {
      under: 'admin',
      path: '/organizations',
      component: lazyPage(() => import('./list/organizations-page.tsx'), 'OrganizationsPage'),
      menu: { title: (texts) => texts.organizations.organizations, icon: IconBuildingSkyscraper },
    },
    {
      under: 'admin',
      path: '/organizations/new',
      component: lazyPage(() => import('./new-organization-page.tsx'), 'NewOrganizationPage'),
    },
    {
      under: 'admin',
      path: '/organizations/$organizationId',
      component: lazyPage(() => import('./detail/detail-page.tsx'), 'DetailPage'),
      place: 'organization',
    },
    {
      under: 'organization',
      path: '/settings',
      component: lazyPage(() => import('./settings/settings-page.tsx'), 'SettingsPage'),
      menu: { title: (texts) => texts.organizations.settings, icon: IconSettings, last: true },
      needs: ['update', 'Organization'],
      audience: 'admins',
    },
  ],
  finds: {
    title: (texts) => texts.organizations.organizations,
    icon: IconBuildingSkyscraper,
    under: 'admin',
    needs: ['list', 'Organization'],
    load: async () => (await import('./queries.ts')).findOrganizations,
  },
  acts: [
    {
      title: (texts) => texts.organizations.newOrganization,
      icon: IconPlus,
      under: 'admin',
      path: '/organizations/new',
      needs: ['create', 'Organization'],
    },
  ],
};
