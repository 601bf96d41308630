import type { SupportAccessId, UserId } from '../ids.ts';
import { acts, fixed, flag, item, noun, number, optional, text, value } from '../table/item.ts';
import type { UpdatedBy } from '../updated-by.schema.ts';
import type { SupportAccess, SupportMode } from './support-access.schema.ts';

/** A super admin's support access, from request to end. Never deleted. */
export const SupportAccessItem = item({
  name: 'supportAccess',
  key: ['{organizationId}#support-access', '{supportAccessId}'],
  shown: {
    supportAccessId: fixed(text<SupportAccessId>()),
    operatorId: fixed(text<UserId>()),
    operatorName: optional(fixed(text())),
    reason: text(),
    mode: text<SupportMode>(),
    changeReason: optional(text()),
    /** The last action on it; that it expired follows from the time. */
    state: text<'requested' | 'open' | 'ended' | 'declined'>(),
    isEmergency: flag(),
    minutes: number(),
    from: optional(text()),
    until: optional(text()),
    grantedBy: optional(value<UpdatedBy>()),
    endedAt: optional(text()),
    endedBy: optional(value<UpdatedBy>()),
    viewingAs: optional(text<UserId>()),
    extensions: optional(value<SupportAccess['extensions']>()),
  },
  hidden: {
    /** When an admin shortened it last; from then on its operator can't extend it. */
    shortenedAt: optional(text()),
  },
  trail: {
    unstampedNoun: 'support-access',
    ...acts({
      'never: event': [
        'support-access.requested',
        'support-access.opened',
        'support-access.emergency-opened',
        'support-access.granted',
        'support-access.declined',
        'support-access.narrowed',
        'support-access.extended',
        'support-access.ended',
        'support-access.view-started',
        'support-access.view-ended',
      ],
    }),
  },
});

/**
 * What a super admin may currently do in the organization, by their newest support access: read on every
 * request, and a condition of every write. Deleted when the support access ends, and ignored from `until`
 * on.
 */
export const SupportVisitItem = item({
  name: 'supportVisit',
  exported: 'never',
  key: ['{organizationId}#support-visit', '{operatorId}'],
  attributes: {
    operatorId: text<UserId>(),
    supportAccessId: text<SupportAccessId>(),
    mode: text<SupportMode>(),
    /** A request is pending for a day and blocks another one meanwhile. */
    state: text<'requested' | 'open'>(),
    until: text(),
    viewingAs: optional(text<UserId>()),
  },
});

export const supportAccessNoun = noun({
  name: 'support-access',
  /** `SupportConsent` is what the organization's admins grant and narrow; super admins may not. */
  subjects: ['SupportAccess', 'SupportConsent'],
  items: [SupportAccessItem, SupportVisitItem],
});
