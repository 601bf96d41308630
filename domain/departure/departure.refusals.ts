import { refusals } from '../errors.ts';

/** Refusals of the departure use cases. */
export const departureRefusals = refusals({
  departure_not_found: ['not_found', 'This organization isn’t leaving.'],
  leaving_already: ['already_exists', 'This organization is already leaving.', 'organizationId'],
  grace_not_over: ['conflict', 'The data can be deleted starting {date}.'],
  no_export: ['not_found', 'There’s no export to download.'],
  export_under_way: ['conflict', 'An export already exists or is in progress.'],
  departure_over: ['conflict', 'This can’t be undone anymore: the data is being deleted, or it was undone.'],
});
