import type { ApprovalId } from '../ids.ts';
import { fixed, item, noun, optional, text, value } from '../table/item.ts';
import type { Approval, ApprovalStatus, Confirmation } from './approval.schema.ts';
import type { ApprovalKind } from './kinds.schema.ts';

/**
 * A request for an action that needs two super admins. Its content never changes: other input is another
 * request.
 */
export const ApprovalItem = item({
  name: 'approval',
  key: ['{organizationId}#approval', '{approvalId}'],
  isPlatforms: true,
  shown: {
    kind: fixed(text<ApprovalKind>()),
    input: fixed(value<Approval['input']>()),
    touches: fixed(value<Approval['touches']>()),
    hash: fixed(text()),
    reason: fixed(text()),
    status: text<ApprovalStatus>(),
    requestedBy: fixed(value<Confirmation>()),
    approvedBy: optional(value<Confirmation>()),
    openUntil: text(),
    waitsUntil: optional(text()),
    endReason: optional(text()),
    outcome: optional(value<NonNullable<Approval['outcome']>>()),
  },
  hidden: {
    approvalId: text<ApprovalId>(),
    endedBy: optional(value<NonNullable<Approval['endedBy']>>()),
    endedAt: optional(text()),
    carriedOutAt: optional(text()),
    progress: optional(text<NonNullable<Approval['progress']>>()),
  },
  trail: {
    actions: [
      'approval.requested',
      'approval.approved',
      'approval.refused',
      'approval.withdrawn',
      'approval.voided',
      'approval.expired',
      'approval.carried-out',
    ],
    // Progress at the identity provider has no actor.
    secondary: ['openUntil'],
  },
});

export const approvalNoun = noun({ name: 'approval', subjects: ['Approval'], items: [ApprovalItem] });
