import IconWebhook from '@tabler/icons-react/icons/IconWebhook';
import type { Feature } from '../../lib/feature.ts';
import { lazyPage } from '../../lib/lazy-page.ts';
import type * as english from './text.en.ts';

export const webhooks: Feature<'webhooks', typeof english.texts> = {
  name: 'webhooks',
  english: () => import('./text.en.ts'),
  german: () => import('./text.de.ts'),
  sentences: () => import('./sentences.ts'),
  pages: [
    {
      under: 'organization',
      path: '/webhooks',
      component: lazyPage(() => import('./webhooks-page.tsx'), 'WebhooksPage'),
      menu: { title: (texts) => texts.webhooks.title, icon: IconWebhook, last: true },
      needs: ['list', 'Webhook'],
      audience: 'admins',
    },
    {
      under: 'organization',
      path: '/webhooks/$webhookId',
      component: lazyPage(() => import('./webhook-page.tsx'), 'WebhookPage'),
      needs: ['read', 'Webhook'],
      audience: 'admins',
    },
  ],
};
