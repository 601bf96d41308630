import IconMail from '@tabler/icons-react/icons/IconMail';
import IconUsers from '@tabler/icons-react/icons/IconUsers';
import type { Feature } from '../../lib/feature.ts';
import { lazyPage } from '../../lib/lazy-page.ts';
import type * as english from './text.en.ts';

export const people: Feature<'people', typeof english.texts> = {
  name: 'people',
  english: () => import('./text.en.ts'),
  german: () => import('./text.de.ts'),
  sentences: () => import('./sentences.ts'),
  pages: [
    {
      under: 'organization',
      path: '/users',
      component: lazyPage(() => import('./users-page.tsx'), 'UsersPage'),
      menu: { title: (texts) => texts.people.users, icon: IconUsers },
      needs: ['list', 'User'],
      audience: 'leaders',
    },
    {
      under: 'organization',
      path: '/users/$userId',
      component: lazyPage(() => import('./person-page.tsx'), 'PersonPage'),
      place: 'person',
    },
    {
      under: 'organization',
      path: '/invitations',
      component: lazyPage(() => import('./invitations-page.tsx'), 'InvitationsPage'),
      menu: { title: (texts) => texts.people.invitations, icon: IconMail },
      needs: ['list', 'Invitation'],
      audience: 'leaders',
    },
  ],
  finds: {
    title: (texts) => texts.people.users,
    icon: IconUsers,
    under: 'organization',
    needs: ['list', 'User'],
    load: async () => (await import('./queries.ts')).findPeople,
  },
  acts: [
    {
      title: (texts) => texts.people.invitePeople,
      icon: IconMail,
      under: 'organization',
      path: '/invitations',
      dialog: 'invite',
      needs: ['create', 'Invitation'],
    },
  ],
  panels: {
    organization: [
      {
        name: 'users',
        title: (texts) => texts.people.users,
        component: lazyPage(() => import('./users-page.tsx'), 'Users'),
      },
      {
        name: 'invitations',
        title: (texts) => texts.people.invitations,
        component: lazyPage(() => import('./invitations-page.tsx'), 'Invitations'),
      },
    ],
  },
};
