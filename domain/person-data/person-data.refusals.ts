import { refusals } from '../errors.ts';

/** The refusals of use cases of one person's data. */
export const personDataRefusals = refusals({
  no_person_export: ['not_found', 'There’s no export of this person’s data to download.'],
  person_export_of_today: [
    'conflict',
    'This person’s data was exported less than a day ago. Download that export, or try again later.',
  ],
});
