import { findAdopted as findOrganization, holderOfName } from '../organization/adoption.service.ts';
import { type ControlPlane, withinOrganization } from '../table/scope.ts';
import { holderOfTeamName } from '../team/adoption.service.ts';
import { holderOfEmail } from '../user/admission.service.ts';
import { findAdopted as findUser } from '../user/adoption.service.ts';
import type { Existing } from './world.ts';

/** What the product has, asked when a line needs it. */
export const existingIn = (plane: ControlPlane): Existing => ({
  async organization(id) {
    return (await findOrganization(plane, id))?.organization ?? null;
  },
  nameHolder: (name) => holderOfName(plane, name),
  async emailHolder(id, email) {
    return (await holderOfEmail(withinOrganization(plane, id), email)) ?? null;
  },
  async userRole(id, userId) {
    return (await findUser(withinOrganization(plane, id), userId))?.user.role ?? null;
  },
  teamNameHolder: (id, name) => holderOfTeamName(withinOrganization(plane, id), name),
});
