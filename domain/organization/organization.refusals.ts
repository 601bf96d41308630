import { refusals } from '../errors.ts';

/** How use cases of organizations refuse. */
export const organizationRefusals = refusals({
  organization_not_found: ['not_found', 'There is no such organization.'],
});
