import { texts as analytics } from '../../../web/features/analytics/text.en.ts';
import { texts as apiKeys } from '../../../web/features/api-keys/text.en.ts';
import { texts as approvals } from '../../../web/features/approvals/text.en.ts';
import { texts as audit, trail as auditTrail } from '../../../web/features/audit/text.en.ts';
import { texts as comments } from '../../../web/features/comments/text.en.ts';
import { texts as departures } from '../../../web/features/departures/text.en.ts';
import { texts as drift } from '../../../web/features/drift/text.en.ts';
import { texts as home } from '../../../web/features/home/text.en.ts';
import { texts as initiatives } from '../../../web/features/initiatives/text.en.ts';
import { texts as kpis, trail as kpiTrail } from '../../../web/features/kpis/text.en.ts';
import { texts as mail } from '../../../web/features/mail/text.en.ts';
import {
  texts as organizations,
  trail as organizationTrail,
} from '../../../web/features/organizations/text.en.ts';
import { texts as people, trail as peopleTrail } from '../../../web/features/people/text.en.ts';
import { texts as personData } from '../../../web/features/person-data/text.en.ts';
import { texts as session } from '../../../web/features/session/text.en.ts';
import { texts as supportAccess } from '../../../web/features/support-access/text.en.ts';
import { texts as teams } from '../../../web/features/teams/text.en.ts';
import { texts as webhooks } from '../../../web/features/webhooks/text.en.ts';
import { shared } from '../../../web/text/shared.en.ts';

/**
 * The app's English text, by feature: elements are found by it, so that wording can change without changing
 * tests.
 */
export const words = {
  ...shared,
  analytics,
  apiKeys,
  approvals,
  audit,
  comments,
  departures,
  drift,
  home,
  initiatives,
  kpis,
  mail,
  organizations,
  people,
  personData,
  session,
  supportAccess,
  teams,
  webhooks,
  /** The audit log's names of actions. */
  actions: {
    ...auditTrail.actions,
    ...kpiTrail.actions,
    ...organizationTrail.actions,
    ...peopleTrail.actions,
  },
};
