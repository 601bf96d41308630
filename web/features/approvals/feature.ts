import IconShieldCheck from '@tabler/icons-react/icons/IconShieldCheck';
import type { Feature } from '../../lib/feature.ts';
import { lazyPage } from '../../lib/lazy-page.ts';
import type * as english from './text.en.ts';

export const approvals: Feature<'approvals', typeof english.texts> = {
  name: 'approvals',
  english: () => import('./text.en.ts'),
  german: () => import('./text.de.ts'),
  sentences: () => import('./sentences.ts'),
  pages: [
    {
      under: 'admin',
      path: '/approvals',
      component: lazyPage(() => import('./approvals-page.tsx'), 'ApprovalsPage'),
      menu: {
        title: (texts) => texts.approvals.title,
        icon: IconShieldCheck,
        badge: lazyPage(() => import('./waiting-badge.tsx'), 'WaitingBadge'),
      },
    },
  ],
  acts: [
    {
      title: (texts) => texts.approvals.addSuperAdmin,
      icon: IconShieldCheck,
      under: 'admin',
      path: '/approvals',
      dialog: 'super-admin',
      needs: ['create', 'Approval'],
    },
  ],
};
