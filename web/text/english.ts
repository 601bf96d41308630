import { actions } from './en/actions.ts';
import { analytics } from './en/analytics.ts';
import { audit } from './en/audit.ts';
import { common } from './en/common.ts';
import { errors } from './en/errors.ts';
import { home } from './en/home.ts';
import { kpis } from './en/kpis.ts';
import { organizations } from './en/organizations.ts';
import { people } from './en/people.ts';
import { server } from './en/server.ts';
import { session } from './en/session.ts';
import { shell } from './en/shell.ts';
import { teams } from './en/teams.ts';
import { trail } from './en/trail.ts';

/** Every text of the web app in English, by noun; what the other languages translate. */
export const english = {
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

/** The catalogue's shape: a language that lacks a text doesn't compile. */
export type Texts = typeof english;
