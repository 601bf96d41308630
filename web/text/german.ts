import { actions } from './de/actions.ts';
import { analytics } from './de/analytics.ts';
import { audit } from './de/audit.ts';
import { common } from './de/common.ts';
import { errors } from './de/errors.ts';
import { home } from './de/home.ts';
import { kpis } from './de/kpis.ts';
import { organizations } from './de/organizations.ts';
import { people } from './de/people.ts';
import { server } from './de/server.ts';
import { session } from './de/session.ts';
import { shell } from './de/shell.ts';
import { teams } from './de/teams.ts';
import { trail } from './de/trail.ts';
import type { Texts } from './english.ts';

/** Every text of the web app in German. Loaded only where it is read. */
export const german: Texts = {
  actions,
  analytics,
  audit,
  common,
  errors,
  home,
  kpis,
  organizations,
  people,
  server,
  session,
  shell,
  teams,
  trail,
};
