import { findEntries } from '../audit/adoption.service.ts';
import { findAdopted as findOrganization } from '../organization/adoption.service.ts';
import { type ControlPlane, type OrganizationScope, withinOrganization } from '../table/scope.ts';
import { findTeam } from '../team/find-team.ts';
import { findAdopted as findUser } from '../user/adoption.service.ts';
import type { Imported, ImportedTeam } from './outcome.ts';

/** Something imported, as it is now, and what changed it last: a run's id, or the id of a request. */
export interface Found {
  readonly item: Imported;
  readonly changedBy: string | undefined;
}

/** Reads back what outcomes import, at most 100, in their order; null for what isn't there. */
export async function findAllImported(
  plane: ControlPlane,
  items: readonly Imported[],
): Promise<(Found | null)[]> {
  const keys = items.flatMap((item) => (item.kind === 'auditEntry' ? [item.entry] : []));
  const entries = await findEntries(plane, keys);
  return await Promise.all(
    items.map(async (item): Promise<Found | null> => {
      if (item.kind !== 'auditEntry') return await findImported(plane, item);
      const entry = entries.get(item.entry.id);
      if (entry === undefined) return null;
      const { requestId, ...rest } = entry;
      return { item: { kind: 'auditEntry', entry: rest }, changedBy: requestId };
    }),
  );
}

/** Reads back what an outcome imports, if it is no audit entry; null when it isn't there. */
export async function findImported(
  plane: ControlPlane,
  item: Exclude<Imported, { readonly kind: 'auditEntry' }>,
): Promise<Found | null> {
  switch (item.kind) {
    case 'organization': {
      const found = await findOrganization(plane, item.id);
      if (found === null) return null;
      const { id, name, contactPerson, status, subscription, createdAt } = found.organization;
      const fields = { id, name, contactPerson, status, subscription, createdAt };
      return { item: { kind: 'organization', ...fields }, changedBy: found.changed.requestId };
    }
    case 'user': {
      const { organizationId } = item;
      const found = await findUser(withinOrganization(plane, organizationId), item.userId);
      if (found === null) return null;
      const { userId, email, name, role, createdAt } = found.user;
      const fields = { organizationId, userId, email, name, role, createdAt };
      return { item: { kind: 'user', ...fields }, changedBy: found.changed.requestId };
    }
    case 'team':
      return await findImportedTeam(withinOrganization(plane, item.organizationId), item);
  }
}

async function findImportedTeam(scope: OrganizationScope, { teamId }: ImportedTeam): Promise<Found | null> {
  const found = await findTeam(scope, teamId);
  if (found === null) return null;
  const { organizationId, name, description, createdBy, createdAt, changed } = found.item;
  const members = found.members.map(({ userId, role, joinedAt }) => ({
    userId,
    role,
    joinedAt: joinedAt ?? createdAt,
  }));
  return {
    item: {
      kind: 'team',
      organizationId,
      teamId,
      name,
      ...(description === undefined ? {} : { description }),
      ...(createdBy === undefined ? {} : { createdBy }),
      members,
      createdAt,
    },
    changedBy: changed.requestId,
  };
}
