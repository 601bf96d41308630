import IconDoorExit from '@tabler/icons-react/icons/IconDoorExit';
import type { Feature } from '../../lib/feature.ts';
import { lazyPage } from '../../lib/lazy-page.ts';
import type * as english from './text.en.ts';

export const departures: Feature<'departures', typeof english.texts> = {
  name: 'departures',
  english: () => import('./text.en.ts'),
  german: () => import('./text.de.ts'),
  sentences: () => import('./sentences.ts'),
  pages: [
    {
      under: 'admin',
      path: '/departures',
      component: lazyPage(() => import('./departures-page.tsx'), 'DeparturesPage'),
      menu: { title: (texts) => texts.departures.title, icon: IconDoorExit },
      needs: ['list', 'Departure'],
    },
    {
      under: 'admin',
      path: '/departures/$organizationId',
      component: lazyPage(() => import('./departure-page.tsx'), 'DeparturePage'),
      needs: ['read', 'Departure'],
    },
    {
      under: 'organization',
      path: '/data-export',
      component: lazyPage(() => import('./export-section.tsx'), 'OwnExportPage'),
      needs: ['read', 'DataExport'],
      audience: 'admins',
    },
  ],
};
