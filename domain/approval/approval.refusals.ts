import { refusals } from '../errors.ts';

/** Refusals of actions that need two super admins. */
export const approvalRefusals = refusals({
  approval_needed: [
    'approval_required',
    'This takes the approval of a second super admin. Request it under Approvals first.',
  ],
  approval_pending: ['approval_required', 'This request isn’t approved yet.'],
  approval_waits: ['approval_required', 'This can be carried out from {from} on.'],
  approval_for_another_input: [
    'approval_required',
    'The approval is for something else. Ask for exactly what was approved, or request it anew.',
  ],
  approval_used: ['approval_required', 'This approval was used already. Request it anew.'],
  approval_of_another: ['forbidden', 'Only the person who requested this can carry it out.'],
  own_request: ['forbidden', 'You can’t approve or refuse your own request. You can withdraw it.'],
  request_of_another: ['forbidden', 'Only the person who requested this can withdraw it. You can refuse it.'],
  not_an_active_super_admin: ['forbidden', 'Only active super admins can do this.'],
  approval_not_found: ['not_found', 'Request not found.'],
  approval_ended: ['conflict', 'This request is closed. Reload to see what happened.'],
  approval_void: [
    'conflict',
    'This request is void, because what it is about has changed or who asked for it is gone. Request it anew.',
  ],
  shown_differently: [
    'conflict',
    'The request isn’t the one that you were shown. Reload and check it again.',
  ],
  super_admin_already: ['already_exists', 'This person is a super admin already.', 'input.email'],
});
