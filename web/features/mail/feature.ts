import type { Feature } from '../../lib/feature.ts';
import { lazyPage } from '../../lib/lazy-page.ts';
import type * as english from './text.en.ts';

export const mail: Feature<'mail', typeof english.texts> = {
  name: 'mail',
  english: () => import('./text.en.ts'),
  german: () => import('./text.de.ts'),
  sentences: () => import('./sentences.ts'),
  pages: [],
  panels: {
    account: [
      {
        name: 'mail',
        needs: ['update', 'MailSettings'],
        component: lazyPage(() => import('./mail-settings.tsx'), 'MailSettingsSection'),
      },
    ],
    person: [
      {
        name: 'emails',
        title: (texts) => texts.mail.title,
        needs: ['read', 'MailSettings'],
        component: lazyPage(() => import('./mail-settings.tsx'), 'MailSettingsSection'),
      },
    ],
  },
};
