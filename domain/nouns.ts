import { apiKeyNoun } from './api-key/api-key.noun.ts';
import { approvalNoun } from './approval/approval.noun.ts';
import { auditNoun } from './audit/audit.noun.ts';
import { canaryNoun } from './canary/canary.noun.ts';
import { commentNoun } from './comment/comment.noun.ts';
import { departureNoun } from './departure/departure.noun.ts';
import { driftNoun } from './drift/drift.noun.ts';
import { idempotencyNoun } from './idempotency/idempotency.noun.ts';
import { importNoun } from './import/import.noun.ts';
import { initiativeNoun } from './initiative/initiative.noun.ts';
import { invitationNoun } from './invitation/invitation.noun.ts';
import { kpiNoun } from './kpi/kpi.noun.ts';
import { organizationNoun } from './organization/organization.noun.ts';
import { personDataNoun } from './person-data/person-data.noun.ts';
import { rateLimitNoun } from './rate-limit/rate-limit.noun.ts';
import { reminderNoun } from './reminder/reminder.noun.ts';
import { supportAccessNoun } from './support-access/support-access.noun.ts';
import { deletionRecordNoun } from './table/deletion-record.noun.ts';
import { type ItemKind, noun } from './table/item.ts';
import { kindFinder } from './table/kinds.ts';
import { teamNoun } from './team/team.noun.ts';
import { undoNoun } from './undo/undo.noun.ts';
import { usageNoun } from './usage/usage.noun.ts';
import { userNoun } from './user/user.noun.ts';
import { webhookNoun } from './webhook/webhook.noun.ts';

/** An organization's setup progress; computed from the other nouns, stores nothing. */
const onboardingNoun = noun({ name: 'onboarding', subjects: ['Onboarding'], items: [] });

/** Access decisions, as a subject of `explain`. */
const accessNoun = noun({ name: 'access', subjects: ['Access'], items: [] });

/** All nouns of the product, the list from which others derive. */
export const nouns = [
  organizationNoun,
  userNoun,
  invitationNoun,
  teamNoun,
  kpiNoun,
  initiativeNoun,
  commentNoun,
  reminderNoun,
  auditNoun,
  usageNoun,
  onboardingNoun,
  accessNoun,
  supportAccessNoun,
  apiKeyNoun,
  webhookNoun,
  approvalNoun,
  departureNoun,
  personDataNoun,
  driftNoun,
  importNoun,
  idempotencyNoun,
  rateLimitNoun,
  canaryNoun,
  deletionRecordNoun,
  undoNoun,
] as const;

/** All kinds of items in the table. */
export const itemKinds: readonly ItemKind[] = nouns.flatMap(({ items }): readonly ItemKind[] => items);

/** The kind of the item with a key; undefined for a key that the product doesn't use. */
export const kindOf = kindFinder(itemKinds);

/** The subjects of the access rules, in the order of the nouns. */
export const subjects = nouns.flatMap(({ subjects }): readonly Subjects[] => subjects);
type Subjects = (typeof nouns)[number]['subjects'][number];
