import { analytics } from './features/analytics/feature.ts';
import { apiKeys } from './features/api-keys/feature.ts';
import { approvals } from './features/approvals/feature.ts';
import { audit } from './features/audit/feature.ts';
import { comments } from './features/comments/feature.ts';
import { departures } from './features/departures/feature.ts';
import { drift } from './features/drift/feature.ts';
import { home } from './features/home/feature.ts';
import { initiatives } from './features/initiatives/feature.ts';
import { kpis } from './features/kpis/feature.ts';
import { mail } from './features/mail/feature.ts';
import { organizations } from './features/organizations/feature.ts';
import { people } from './features/people/feature.ts';
import { personData } from './features/person-data/feature.ts';
import { session } from './features/session/feature.ts';
import { supportAccess } from './features/support-access/feature.ts';
import { teams } from './features/teams/feature.ts';
import { webhooks } from './features/webhooks/feature.ts';

/**
 * All features, in menu order. Router, menu, command palette, texts and audit log wording derive from this
 * list.
 */
export const features = [
  home,
  organizations,
  people,
  teams,
  kpis,
  comments,
  initiatives,
  analytics,
  approvals,
  departures,
  audit,
  supportAccess,
  personData,
  apiKeys,
  drift,
  webhooks,
  mail,
  session,
] as const;
