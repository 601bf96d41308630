import { refusals } from '../errors.ts';

/** How a question about access is refused. */
export const accessRefusals = refusals({
  explained_thing_not_found: ['not_found', 'There is no such thing here.'],
  names_no_subject: ['validation_failed', 'The resource names no subject.'],
});
