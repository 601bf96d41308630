import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { superAdminEmail } from '../support/product.ts';
import { type Cast, supportJourney } from './journeys/support-access.ts';
import { desktop, phone, type Shape } from './support/shapes.ts';
import { startWorld, type World } from './support/world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld({ supportAccess: 'consented' });
});
afterAll(() => world.stop());

/** The participants, from an organization of the example data: its first admin is also its contact. */
async function castOf({ organization, member }: Shape): Promise<Cast> {
  const { product } = world;
  const token = await product.signIn(superAdminEmail);
  const path = `/api/admin/organizations?search=${encodeURIComponent(organization)}`;
  const { body } = await product.api(path, { token });
  const [{ id, contactPerson }] = body.items;
  return { organizationId: id, name: organization, admin: contactPerson.name, member };
}

describe('support access', () => {
  it.each([desktop, phone])(
    'is asked for, granted, seen while it is, and ended, on a $name',
    async (shape) => {
      expect(await supportJourney(world, shape, await castOf(shape))).toEqual([]);
    },
  );
});
