import { PLATFORM } from '../ids.ts';
import { findAdopted as findOrganization, holderOfName } from '../organization/adoption.service.ts';
import { type ControlPlane, platformScope, withinOrganization } from '../table/scope.ts';
import { holderOfTeamName } from '../team/adoption.service.ts';
import { findAdopted as findUser } from '../user/adoption.service.ts';
import { ownerOfEmail } from '../user/user-writes.ts';
import { organizationsNamed } from '../user/webhook-records.ts';
import type { Existing } from './world.ts';

/** What the product has, asked when a line needs it. */
export const existingIn = (plane: ControlPlane): Existing => ({
  async organization(id) {
    return (await findOrganization(plane, id))?.organization ?? null;
  },
  nameHolder: (name) => holderOfName(plane, name),
  async emailHolder(id, email) {
    return (await ownerOfEmail(withinOrganization(plane, id), email)) ?? null;
  },
  async userRole(id, userId) {
    return (await findUser(withinOrganization(plane, id), userId))?.user.role ?? null;
  },
  async elsewhere(id, userId) {
    for (const other of await organizationsNamed(platformScope(plane), userId)) {
      if (other === id) continue;
      // The platform's people aren't read here: whoever Clerk says is one of them is left to them.
      if (other === PLATFORM) return other;
      if ((await findUser(withinOrganization(plane, other), userId)) !== null) return other;
    }
    return null;
  },
  teamNameHolder: (id, name) => holderOfTeamName(withinOrganization(plane, id), name),
});
