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
  attributes: {
    approvalId: text<ApprovalId>(),
    kind: fixed(text<ApprovalKind>()),
    input: fixed(value<Approval['input']>()),
    touches: fixed(value<Approval['touches']>()),
    hash: fixed(text()),
    reason: fixed(text()),
    requestedBy: fixed(value<Confirmation>()),
    status: text<ApprovalStatus>(),
    openUntil: text(),
    waitsUntil: optional(text()),
    approvedBy: optional(value<Confirmation>()),
    endedBy: optional(value<NonNullable<Approval['endedBy']>>()),
    endReason: optional(text()),
    endedAt: optional(text()),
    carriedOutAt: optional(text()),
    outcome: optional(value<NonNullable<Approval['outcome']>>()),
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
    shows: [
      'kind',
      'input',
      'touches',
      'hash',
      'reason',
      'status',
      'requestedBy',
      'approvedBy',
      'openUntil',
      'waitsUntil',
      'endReason',
      'outcome',
    ],
    hides: ['approvalId', 'endedBy', 'endedAt', 'carriedOutAt', 'progress'],
    // Progress at the identity provider has no actor.
    secondary: ['openUntil'],
  },
});

export const approvalNoun = noun({ name: 'approval', subjects: ['Approval'], items: [ApprovalItem] });
