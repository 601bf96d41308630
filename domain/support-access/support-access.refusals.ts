import { refusals } from '../errors.ts';

/** Refusals of entering an organization, and of changing a support access. */
export const supportAccessRefusals = refusals({
  support_access_needed: ['forbidden', 'To see this organization’s data, open it with a reason first.'],
  support_access_waits: [
    'forbidden',
    'An admin of this organization hasn’t granted your support access yet.',
  ],
  support_access_is_read_only: [
    'forbidden',
    'Your support access is read-only. To change data, open the organization again with a reason for it.',
  ],
  support_access_views_only: [
    'forbidden',
    'You’re viewing the organization as someone else, which is read-only. Stop viewing as them first.',
  ],
  viewed_user_gone: [
    'forbidden',
    'The person you’re viewing as isn’t active in this organization anymore. Stop viewing as them first.',
  ],
  support_access_over: ['forbidden', 'Your support access ended before this was saved. Nothing was changed.'],
  support_access_not_found: ['not_found', 'Support access not found.'],
  support_access_not_needed: ['conflict', 'Super admins don’t need support access here.'],
  support_access_open_already: ['conflict', 'You already have support access here, or have requested it.'],
  support_access_not_open: ['conflict', 'This support access isn’t open.'],
  support_access_not_requested: ['conflict', 'This support access isn’t pending.'],
  support_access_of_another: ['forbidden', 'This is another person’s support access.'],
  grants_more_than_requested: ['conflict', 'You can only grant what was requested, or less.'],
  narrows_nothing: ['conflict', 'This doesn’t narrow the support access.'],
  granted_is_not_extended: [
    'conflict',
    'An admin granted this for a set time. End it, and request support access again.',
  ],
  shortened_is_not_extended: [
    'conflict',
    'An admin shortened this. End it, and open or request support access again.',
  ],
  lengthening_needs_approval: [
    'conflict',
    'Support access lasts 8 hours at most. Longer needs the approval of a second super admin.',
  ],
  cannot_view_as: ['conflict', 'You can only view as an active user of this organization.'],
});
