import { refusals } from '../errors.ts';

/** The refusals of what the trail has already. */
export const auditRefusals = refusals({
  entry_exists: ['already_exists', 'The entry is there.'],
  access_event_exists: ['already_exists', 'The event is there.'],
});
