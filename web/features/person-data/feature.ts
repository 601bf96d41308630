import type { Feature } from '../../lib/feature.ts';
import { lazyPage } from '../../lib/lazy-page.ts';
import type * as english from './text.en.ts';

export const personData: Feature<'personData', typeof english.texts> = {
  name: 'personData',
  english: () => import('./text.en.ts'),
  german: () => import('./text.de.ts'),
  sentences: () => import('./sentences.ts'),
  pages: [],
  panels: {
    person: [
      {
        name: 'data',
        title: (texts) => texts.personData.title,
        component: lazyPage(() => import('./person-data.tsx'), 'DataOfPerson'),
        needs: ['read', 'PersonData'],
      },
    ],
    account: [
      {
        name: 'data',
        component: lazyPage(() => import('./person-data.tsx'), 'OwnData'),
        needs: ['read', 'PersonData'],
      },
    ],
  },
};
