import { refusals } from '../errors.ts';

/** How a question about access is refused. */
export const accessRefusals = refusals({
  explained_thing_not_found: ['not_found', 'Not found.'],
  names_no_subject: ['validation_failed', 'The resource doesn’t start with a known subject.'],
});
