import type { Feature } from '../../lib/feature.ts';
import { lazyPage } from '../../lib/lazy-page.ts';
import type * as english from './text.en.ts';

export const comments: Feature<'comments', typeof english.texts> = {
  name: 'comments',
  english: () => import('./text.en.ts'),
  german: () => import('./text.de.ts'),
  sentences: () => import('./sentences.ts'),
  pages: [],
  panels: {
    kpi: [
      {
        name: 'comments',
        title: (texts) => texts.comments.all,
        component: lazyPage(() => import('./comments.tsx'), 'CommentsOfKpi'),
        needs: ['list', 'Comment'],
      },
    ],
  },
};
