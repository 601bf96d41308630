import { refusals } from '../errors.ts';

/** Refusals that concern the audit log. */
export const auditRefusals = refusals({
  entry_exists: ['already_exists', 'This entry already exists.'],
  no_checkpoint: ['conflict', 'This audit log has no checkpoint yet. Request one first.'],
  entry_not_sealed: ['conflict', 'No checkpoint covers this entry yet. Request one first.'],
  entry_erased: [
    'conflict',
    'Personal data was erased from this entry, so it has no receipt. The proof file of the whole log proves it.',
  ],
  access_event_exists: ['already_exists', 'This event already exists.'],
});
