import IconPlus from '@tabler/icons-react/icons/IconPlus';
import IconUsersGroup from '@tabler/icons-react/icons/IconUsersGroup';
import type { Feature } from '../../lib/feature.ts';
import { lazyPage } from '../../lib/lazy-page.ts';
import type * as english from './text.en.ts';

export const teams: Feature<'teams', typeof english.texts> = {
  name: 'teams',
  english: () => import('./text.en.ts'),
  german: () => import('./text.de.ts'),
  sentences: () => import('./sentences.ts'),
  pages: [
    {
      under: 'organization',
      path: '/teams',
      component: lazyPage(() => import('./teams-page.tsx'), 'TeamsPage'),
      menu: { title: (texts) => texts.teams.teams, icon: IconUsersGroup },
      needs: ['list', 'Team'],
    },
    {
      under: 'organization',
      path: '/teams/$teamId',
      component: lazyPage(() => import('./team-page.tsx'), 'TeamPage'),
      place: 'team',
    },
  ],
  finds: {
    title: (texts) => texts.teams.teams,
    icon: IconUsersGroup,
    under: 'organization',
    needs: ['list', 'Team'],
    load: async () => (await import('./queries.ts')).findTeams,
  },
  acts: [
    {
      title: (texts) => texts.teams.newTeam,
      icon: IconPlus,
      under: 'organization',
      path: '/teams',
      dialog: 'new-team',
      needs: ['create', 'Team'],
    },
  ],
  panels: {
    organization: [
      {
        name: 'teams',
        title: (texts) => texts.teams.teams,
        component: lazyPage(() => import('./teams-page.tsx'), 'TeamList'),
      },
    ],
    home: [
      {
        name: 'teams',
        half: 'left',
        component: lazyPage(() => import('./teams-at-a-glance.tsx'), 'TeamsAtAGlance'),
      },
    ],
  },
};
