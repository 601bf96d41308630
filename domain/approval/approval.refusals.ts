import { refusals } from '../errors.ts';

/** Refusals of actions that need two super admins. */
export const approvalRefusals = refusals({
  approval_needed: [
    'approval_required',
    'This needs the approval of a second super admin. Request it under Approvals first.',
  ],
  approval_pending: ['approval_required', 'This request isn’t approved yet.'],
  approval_waits: ['approval_required', 'This can be carried out starting {from}.'],
  approval_for_another_input: [
    'approval_required',
    'The approval is for something else. Request exactly what was approved, or create a new request.',
  ],
  approval_used: ['approval_required', 'This approval has already been used. Create a new request.'],
  approval_of_another: ['forbidden', 'Only the person who requested this can carry it out.'],
  own_request: ['forbidden', 'You can’t approve or refuse your own request. You can withdraw it.'],
  request_of_another: ['forbidden', 'Only the person who requested this can withdraw it. You can refuse it.'],
  not_an_active_super_admin: ['forbidden', 'Only active super admins can do this.'],
  approval_not_found: ['not_found', 'Request not found.'],
  approval_ended: ['conflict', 'This request is closed. Reload to see what happened.'],
  approval_void: [
    'conflict',
    'This request is void, because what it affects has changed or the person who requested it has left. Create a new request.',
  ],
  shown_differently: ['conflict', 'The request has changed since you loaded it. Reload and review it again.'],
  super_admin_already: ['already_exists', 'This person is already a super admin.', 'input.email'],
});
