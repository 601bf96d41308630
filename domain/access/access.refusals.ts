import { refusals } from '../errors.ts';

/** Refusals of questions about access. */
export const accessRefusals = refusals({
  explained_thing_not_found: ['not_found', 'Not found.'],
  not_while_impersonating: ['forbidden', 'You can’t do this while you’re acting as someone else.'],
  confirm_identity: [
    'reverification_required',
    'Confirm that it’s you, then try again. A confirmation lasts {minutes} minutes.',
  ],
  names_no_subject: ['validation_failed', 'The resource doesn’t start with a known subject.'],
});
