import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { eventually, superAdminEmail } from '../support/product.ts';
import { type Cast, supportJourney } from './journeys/support-access.ts';
import { desktop, phone, type Shape } from './support/shapes.ts';
import { startWorld, type World } from './support/world.ts';

const outbox = z.object({
  sent: z.array(z.object({ text: z.string(), headers: z.record(z.string(), z.string()) })),
});

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

  it('that doesn’t wait in an emergency is mailed to the admins at once', async () => {
    const { product } = world;
    const { organizationId, name } = await castOf(desktop);
    const answer = await product.api(`/api/organizations/${organizationId}/support-access`, {
      token: await product.signIn(superAdminEmail),
      method: 'POST',
      body: { reason: 'All figures are gone.', minutes: 15, mode: 'read', isEmergency: true },
    });
    expect(answer).toMatchObject({ status: 201, body: { state: 'open' } });
    const mail = await eventually(async () => {
      const { sent } = outbox.parse(await (await fetch(`${product.origin}/clerk/outbox.json`)).json());
      return sent.find(({ text }) => text.includes('All figures are gone.'));
    }, 'the notice');
    expect(mail.text).toContain(`Support has opened ${name} in an emergency`);
    expect(mail.text).toContain(`${product.origin}/organizations/${organizationId}/support-access`);
    expect(mail.headers).toEqual({});
  });
});
