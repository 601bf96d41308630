import { expect } from 'vitest';
import type { DriftRun } from '../../../../domain/drift/drift.schema.ts';
import {
  type DriftDependencies,
  type DriftProvider,
  type DriftTask,
  runDrift,
} from '../../../../domain/drift/run-drift.ts';
import { type InvitationId, type OrganizationId, UserId } from '../../../../domain/ids.ts';
import { requireInvitation } from '../../../../domain/invitation/find-invitation.ts';
import { invite } from '../../../../domain/invitation/invite.ts';
import { revokeInvitation } from '../../../../domain/invitation/revoke-invitation.ts';
import {
  type ControlPlane,
  type OrganizationScope,
  platformScope,
  withinOrganization,
} from '../../../../domain/table/scope.ts';
import { unavailable } from '../../../../functions/clerk/api.ts';
import { comparePart, repair } from '../../../../functions/clerk/drift.ts';
import { applyDelivery } from '../../../../functions/http/webhook/handlers.ts';
import { type Started, secretKey, start } from '../../local/clerk/support/start.ts';
import { startControlPlane } from './control-plane.ts';
import { found, now, onPlan, sender, superAdmin } from './founding.ts';

let plane: ControlPlane;
let stop: () => Promise<void>;
export let clerk: Started;
let tick = now.getTime();
/** Starts an empty table and a Clerk whose webhooks don't arrive. */
export async function startDrift(): Promise<void> {
  ({ plane, stop } = await startControlPlane());
  // No webhook arrives.
  clerk = await start({ webhooks: 'hold', now: () => (tick += 1) });
}
export async function stopDrift(): Promise<void> {
  await clerk.stop();
  await stop();
}

export type Call = (method: string, path: string, body?: unknown) => Promise<Response>;
/** Clerk's API as the gateway calls it; 429 when Clerk is throttling. */
export const call: Call = async (method, path, body) => {
  const headers = { authorization: `Bearer ${secretKey}`, 'content-type': 'application/json' };
  const response = await fetch(`${clerk.base}/v1${path}`, {
    method,
    headers,
    body: body ? JSON.stringify(body) : null,
  });
  if (response.status === 429) throw unavailable(new Error('429'));
  return response;
};

const open = (id: OrganizationId) => withinOrganization(plane, id);
const log = { warn: async () => undefined, error: async () => undefined, info: async () => undefined };
export const platform = () => platformScope(plane);

let starts = 0;
/** A run is identified by its start time, so each needs a different second. */
const next = () => {
  starts += 1;
  return new Date(now.getTime() + 1000 * starts);
};

/** Clerk as a run reaches it at a time, with possible failures. */
export function providerOf(at: Date, through: Call = call): DriftProvider {
  const dependencies = { platform: platform(), rounds: platform(), open, signingSecretId: '', log };
  const parts = {
    clerk: { call: through },
    plane,
    now: () => at,
    deliver: async (identity: Parameters<typeof applyDelivery>[0]['identity']) =>
      (await applyDelivery({ identity }, { requestId: 'drift-1', now: at }, dependencies)).outcome,
  };
  return {
    compare: (sweep, after) => comparePart(parts, sweep, after),
    repair: (difference) => repair(parts, difference),
  };
}

/** A start of the comparison. */
export function starting({
  at = next(),
  through,
  ...faults
}: Partial<DriftDependencies> & { at?: Date; through?: Call } = {}) {
  const dependencies: DriftDependencies = {
    platform: platform(),
    clock: () => at,
    pause: async () => undefined,
    left: () => 600_000,
    provider: providerOf(at, through),
    ...faults,
  };
  return (task: Partial<DriftTask> = {}) =>
    runDrift(dependencies, { dryRun: false, requestedBy: UserId.parse('user_root'), ...task });
}

export const told = (run: DriftRun | null) =>
  run?.entries.map(({ kind, of, outcome, reason, details }) => [
    ...[kind, of, outcome],
    ...(reason === undefined ? [] : [reason]),
    ...(details ?? []),
  ]);

/** The Clerk account of a user invited in the table, before any webhook. */
export async function account(
  scope: OrganizationScope,
  invitationId: InvitationId,
  email: string,
  firstName: string,
) {
  const publicMetadata = { organizationId: scope.organizationId, invitationId };
  const user = await clerk.client.users.createUser({ emailAddress: [email], firstName, publicMetadata });
  return UserId.parse(user.id);
}

export async function invited(scope: OrganizationScope, name: string) {
  const email = `${name}@drift.example`;
  const person = { email, name, role: 'team_member' as const };
  const organization = onPlan('enterprise');
  const { id } = await invite({ scope, actor: superAdmin, now }, { person, organization }, sender());
  return { invitationId: id, email };
}

/** An organization with an admin and these users, who have joined, without differences. */
export async function peopled(name: string, ...names: readonly string[]) {
  const { scope, invitation } = await found(plane, name);
  const admin = await account(scope, invitation.id, invitation.email, 'Ada');
  const people: UserId[] = [];
  for (const each of names) {
    const { invitationId, email } = await invited(scope, each);
    people.push(await account(scope, invitationId, email, each));
  }
  expect((await starting()())?.status).toBe('done');
  return { scope, admin, people };
}

/** An invitation's email at Clerk. */
export const letterOf = (scope: OrganizationScope, invitationId: InvitationId, emailAddress: string) =>
  clerk.client.invitations.createInvitation({
    emailAddress,
    ignoreExisting: true,
    publicMetadata: { organizationId: scope.organizationId, invitationId },
  });

export async function revoke(scope: OrganizationScope, invitationId: InvitationId): Promise<void> {
  const stored = await requireInvitation(scope, invitationId);
  await revokeInvitation({ scope, actor: superAdmin, now }, { stored, revision: stored.revision }, sender());
}
