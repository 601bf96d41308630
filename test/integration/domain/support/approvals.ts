import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Actor } from '../../../../domain/actor.ts';
import type { Approval } from '../../../../domain/approval/approval.schema.ts';
import type { ApprovalKind, Requested } from '../../../../domain/approval/kinds.schema.ts';
import type { FoundPerson, SuperAdminProvider } from '../../../../domain/approval/make-super-admin.ts';
import { requestApproval } from '../../../../domain/approval/request-approval.ts';
import type { Context } from '../../../../domain/context.ts';
import { UserId } from '../../../../domain/ids.ts';
import { type ControlPlane, platformScope } from '../../../../domain/table/scope.ts';
import { transact } from '../../../../domain/table/transaction.ts';
import { superAdminWrites } from '../../../../domain/user/super-admins.ts';
import { now, superAdmin } from './founding.ts';

/** A session whose user has just verified both factors. */
export const fresh = { factorAges: [0, 0] } as const;

/** The context of a super admin's request. */
export const contextOf = (
  plane: ControlPlane,
  by: string,
  at: Date = now,
  more: Partial<Actor> = {},
): Context => ({
  scope: platformScope(plane),
  actor: { ...superAdmin, by, name: by, ...more },
  now: at,
});

/** The platform's counts, as the first super admin leaves them (docs/deploy.md). */
export async function countPlatform({ client, table }: ControlPlane): Promise<void> {
  const counts = { users: 0, admins: 0, seats: 0, pendingInvitations: 0, teams: 0, kpis: 0 };
  const Item = { pk: 'platform#organization', sk: 'directory', organizationId: 'platform', ...counts };
  const entity = { entity: 'directoryRow', entityVersion: '1' };
  await client.send(new PutCommand({ TableName: table, Item: { ...Item, ...entity } }));
}

/** Adds a super admin. */
export async function putInSuperAdmin(plane: ControlPlane, id: string): Promise<UserId> {
  const userId = UserId.parse(id);
  const ctx = contextOf(plane, 'system:test');
  const person = { userId, name: id, email: `${id.replace('_', '-')}@aligno.example` };
  await transact(ctx.scope, await superAdminWrites(ctx, person));
  return userId;
}

/** A user's account at the identity provider, and the requests for it. */
export function providerOf(answer: () => FoundPerson | Promise<FoundPerson>) {
  const linked: string[] = [];
  const provider: SuperAdminProvider = {
    find: async () => await answer(),
    link: async (userId) => {
      linked.push(userId);
    },
  };
  return { provider, linked };
}

export const later = (hours: number, from: Date = now): Date => new Date(from.getTime() + hours * 3_600_000);

export const newAdmin = (email: string): Requested => ({
  kind: 'super-admin.create',
  input: { email, name: 'New Admin' },
});

export const wholeFeedAs = (format: 'csv' | 'jsonl'): Requested => ({
  kind: 'audit-feed.export',
  input: { format, from: '2026-11-01T00:00:00.000Z', to: '2026-11-23T23:59:59.999Z' },
});
export const wholeFeed = wholeFeedAs('csv');

/** Requests an approval as a super admin, without notification. */
export const ask = (ctx: Context, plane: ControlPlane, asked: Requested & { readonly kind: ApprovalKind }) =>
  requestApproval(ctx, { ...asked, reason: 'It is needed.', session: fresh }, { plane, announce: () => {} });

/** Sets a super admin's status directly in the table. */
export async function setStatus(
  { client, table }: ControlPlane,
  userId: string,
  status: 'active' | 'deactivated',
): Promise<void> {
  await client.send(
    new UpdateCommand({
      TableName: table,
      Key: { pk: 'platform#user', sk: userId },
      UpdateExpression: 'SET #status = :status',
      ExpressionAttributeNames: { '#status': 'status' },
      ExpressionAttributeValues: { ':status': status },
    }),
  );
}
/** Changes an attribute of a stored request directly in the table. */
export async function tamper(
  { client, table }: ControlPlane,
  { id }: Approval,
  attribute: string,
  value: unknown,
): Promise<void> {
  await client.send(
    new UpdateCommand({
      TableName: table,
      Key: { pk: 'platform#approval', sk: id },
      UpdateExpression: 'SET #attribute = :value',
      ExpressionAttributeNames: { '#attribute': attribute },
      ExpressionAttributeValues: { ':value': value },
    }),
  );
}
