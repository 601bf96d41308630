import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { PLATFORM, UserId } from '../../../domain/ids.ts';
import { countsOf } from '../../../domain/organization/counts.ts';
import { type ControlPlane, platformScope, withinOrganization } from '../../../domain/table/scope.ts';
import { applyIdentityEvent, type IdentityEvent } from '../../../domain/user/apply-identity-event.ts';
import { findUser } from '../../../domain/user/find-user.ts';
import { type EngineClient, engineClient } from '../../../infra/local/aws/engine/client.ts';
import { deployGuideExample } from '../../infra/deploy-guide.ts';
import { startControlPlane } from './support/control-plane.ts';
import { webhook } from './support/founding.ts';

let plane: ControlPlane;
let engine: EngineClient;
let stop: () => Promise<void>;
beforeAll(async () => {
  const started = await startControlPlane();
  ({ plane, stop } = started);
  engine = engineClient(started.endpoint);
});
afterAll(async () => {
  engine.close();
  await stop();
});

const shown = deployGuideExample('super-admin', z.array(z.unknown()));
const ada = {
  userId: UserId.parse('user_2abcdefghijklmnopqrstuvwxyz'),
  email: 'ada@example.com',
  name: 'Ada Lovelace',
};
const bob = { userId: UserId.parse('user_2bob'), email: 'bob@example.com', name: 'Bob Beacon' };

/** Adds a super admin as docs/deploy.md describes, with the example's placeholders replaced. */
async function putIn({ userId, email, name }: typeof ada): Promise<void> {
  const items = JSON.stringify(shown)
    .replaceAll('<TableName>', plane.table)
    .replaceAll(ada.userId, userId)
    .replaceAll(ada.email, email)
    .replaceAll(ada.name, name);
  await engine.call(
    'DynamoDB_20120810.TransactWriteItems',
    { TransactItems: JSON.parse(items) },
    z.unknown(),
  );
}

const tell = (event: IdentityEvent) =>
  applyIdentityEvent(webhook(platformScope(plane)), event, (id) => withinOrganization(plane, id));
const state = (clerkTime: number, facts: typeof ada): IdentityEvent => ({
  kind: 'state',
  clerkTime,
  organizationId: PLATFORM,
  ...facts,
});

describe('super admins who were put in by hand', () => {
  it('are members like any other: counted, and their address taken', async () => {
    const platform = platformScope(plane);
    await putIn(ada);
    await putIn(bob);
    await expect(putIn(ada)).rejects.toThrow('ConditionalCheckFailed');
    expect(await findUser(platform, ada.userId)).toMatchObject({
      ...ada,
      role: 'super_admin',
      status: 'active',
    });
    expect(await countsOf(platform)).toEqual({
      users: 2,
      admins: 2,
      pendingInvitations: 0,
      teams: 0,
      kpis: 0,
    });
  });

  it('follow their account at Clerk, to its end; the last one is kept, deactivated', async () => {
    const platform = platformScope(plane);
    expect(await tell(state(1, ada))).toBe('unchanged');
    const moved = { ...ada, email: 'ada@new.example', name: 'Ada King' };
    expect(await tell(state(2, moved))).toBe('followed');
    expect(await findUser(platform, ada.userId)).toMatchObject(moved);
    expect(await tell(state(1, bob))).toBe('unchanged');
    expect(await tell({ kind: 'deleted', userId: bob.userId })).toBe('removed');
    expect(await tell({ kind: 'deleted', userId: ada.userId })).toBe('left_without_admin');
    expect(await findUser(platform, ada.userId)).toMatchObject({ status: 'deactivated' });
  });
});
