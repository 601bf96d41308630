import { refusals } from '../errors.ts';

/** The refusals of what the trail has already. */
export const auditRefusals = refusals({
  entry_exists: ['already_exists', 'This entry already exists.'],
  access_event_exists: ['already_exists', 'This event already exists.'],
});
