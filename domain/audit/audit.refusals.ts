import { refusals } from '../errors.ts';

/** How the trail refuses what it has already. */
export const auditRefusals = refusals({
  entry_exists: ['already_exists', 'The entry is there.'],
  access_event_exists: ['already_exists', 'The event is there.'],
});
