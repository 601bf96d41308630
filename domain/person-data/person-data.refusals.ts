import { refusals } from '../errors.ts';

/** Errors of the personal data use cases. */
export const personDataRefusals = refusals({
  no_person_export: ['not_found', 'There’s no export of this person’s data to download.'],
  no_erasure: ['not_found', 'No one has requested to erase this person’s data.'],
  erase_a_member: [
    'conflict',
    'This person is still a member. Remove them from the organization before you erase their data.',
  ],
  erased_already: ['conflict', 'This person’s data has been erased.'],
  erasure_takes_two: ['conflict', 'Another admin has to approve this.'],
  erasure_takes_a_day: [
    'conflict',
    'You’re the only admin, so you can approve this yourself one day after you requested it: on {date}.',
  ],
  erasure_begun: ['conflict', 'This person’s data is already being erased, which can’t be stopped.'],
  person_export_of_today: [
    'conflict',
    'This person’s data was exported less than a day ago. Download that export, or try again later.',
  ],
});
