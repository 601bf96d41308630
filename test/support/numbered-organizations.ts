import { newOrganizationId } from '../../domain/ids.ts';
import { firstRowOf } from '../../domain/organization/directory-row.ts';
import { stages } from '../../domain/organization/onboarding.schema.ts';
import { DirectoryRowItem } from '../../domain/organization/organization.noun.ts';
import { addTerms } from '../../domain/organization/organization-writes.ts';
import type { Organization } from '../../domain/organization/profile.schema.ts';
import { plans } from '../../domain/subscription/subscription.schema.ts';
import { directoryShards, shardOf } from '../../domain/table/layout.ts';
import { type ControlPlane, withinOrganization } from '../../domain/table/scope.ts';
import { transact, type Write } from '../../domain/table/transaction.ts';
import { create } from '../../domain/table/writes.ts';

/** An id in the next shard in turn, so that even tens of organizations are spread evenly. */
function idOf(number: number, at: string) {
  for (;;) {
    const id = newOrganizationId(new Date(at));
    if (shardOf(id, directoryShards) === number % directoryShards) return id;
  }
}

/** An organization derived from its number: all statuses, plans, ends and counts occur, with many ties. */
function made(number: number, now: Date) {
  const day = (offset: number) => new Date(now.getTime() + offset * 86_400_000).toISOString();
  // The same number of digits for all: the cost of a page is measured in bytes.
  const digits = String(number).padStart(4, '0');
  const at = day(-(number % 97));
  const organization: Organization = {
    id: idOf(number, at),
    name: `${['Äther', 'borealis', 'Cobalt', 'ΔΕΛΤΑ', '𝔼cho'][number % 5]} ${digits}`,
    contactPerson: { name: 'Cora', email: `cora@customer-${digits}.example` },
    // Not every fourth, since those would all be in one shard.
    status: Math.floor(number / 4) % 4 === 0 ? 'inactive' : 'active',
    subscription: {
      plan: plans[number % 3] ?? 'starter',
      startDate: day(-400).slice(0, 10),
      ...(number % 3 === 0 ? {} : { endDate: day((number % 40) - 10).slice(0, 10) }),
    },
    allowedDomains: [],
    metadata: {},
    revision: 1,
    createdAt: at,
    updatedAt: at,
  };
  return { organization, users: number % 7, stage: stages[number % stages.length] ?? 'invited' };
}

/**
 * Writes the items of an organization that the list reads, without the rest of founding it. `number`: 0 to
 * 9,999.
 */
function directoryWritesOf(plane: ControlPlane, number: number, now: Date): Write[] {
  const { organization, users, stage } = made(number, now);
  const scope = withinOrganization(plane, organization.id);
  const row = { users, ...firstRowOf(organization), stage };
  return [create(scope, DirectoryRowItem, row), ...addTerms(scope, organization)];
}

const inATransaction = 10;
const sideBySide = 4;

/** Writes the items that the list reads for organizations from one number up to, excluding, another. */
export async function writeOrganizations(
  plane: ControlPlane,
  from: number,
  to: number,
  now: Date,
): Promise<void> {
  let next = from;
  const worker = async () => {
    while (next < to) {
      const numbers = Array.from({ length: Math.min(inATransaction, to - next) }, () => next++);
      await transact(
        plane,
        numbers.flatMap((number) => directoryWritesOf(plane, number, now)),
      );
    }
  };
  await Promise.all(Array.from({ length: sideBySide }, worker));
}

/** A new organization as scheduled jobs see it: its row in the directory, without users. */
export function foundedOf(plane: ControlPlane, number: number, now: Date) {
  const { organization } = made(number, now);
  const scope = withinOrganization(plane, organization.id);
  return { scope, write: create(scope, DirectoryRowItem, firstRowOf(organization)) };
}
