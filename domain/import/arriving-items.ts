import type { Manifest } from '../departure/export-format.schema.ts';
import { findDeparture } from '../departure/find-departure.ts';
import { partitionsOf } from '../departure/partitions.ts';
import { type OrganizationId, PLATFORM } from '../ids.ts';
import { kindOf } from '../nouns.ts';
import { directoryName } from '../organization/directory-row.ts';
import { findOrganization } from '../organization/find-organization.ts';
import { NameClaimItem } from '../organization/organization.noun.ts';
import { belongsTo, directoryIndex, memberIndex } from '../table/layout.ts';
import { find } from '../table/reads.ts';
import {
  type ControlPlane,
  type OrganizationScope,
  platformScope,
  withinOrganization,
} from '../table/scope.ts';
import { keyOfItem, pagesOf, putItemOnce } from '../table/stored-items.ts';
import { write } from '../table/transaction.ts';
import { replace } from '../table/writes.ts';

type Item = Readonly<Record<string, unknown>>;

/** The author of imported items. */
const importer = 'system:import';
/** Attributes of a leaving organization that don't apply after an import. */
const leaving: readonly string[] = ['frozenAt', 'deletionFrom'];

/** Why an organization can't be imported into this table; null if it can. */
export async function objectionTo(
  plane: ControlPlane,
  { organizationId, name }: Pick<Manifest, 'organizationId' | 'name'>,
): Promise<string | null> {
  const platform = platformScope(plane);
  const [profile, departure, holder] = await Promise.all([
    findOrganization(withinOrganization(plane, organizationId)),
    findDeparture(platform, organizationId),
    holderOfName(platform, name),
  ]);
  if (departure !== null)
    return `${organizationId} has left this very stage, which remembers that: import it into another one.`;
  if (holder !== undefined && holder !== organizationId)
    return `Another organization is called ${name} here.`;
  // The remains of an interrupted import, which may be repeated.
  if (profile !== null && profile.updatedBy?.id !== importer)
    return `${organizationId} is in this table already.`;
  return null;
}

const indexKeys = [directoryIndex, memberIndex].map(({ partitionKey }) => partitionKey);

/**
 * Whether an item can be part of this organization's export: one of its own, of an exported kind. Anyone
 * with an export can create another one with valid checksums, so checksums don't protect other
 * organizations.
 */
export function isExportOf(organizationId: OrganizationId, item: Item): boolean {
  const key = keyOfItem(item);
  const kind = kindOf(key);
  if (organizationId === PLATFORM || !key.pk.startsWith(`${organizationId}#`)) return false;
  if (kind === undefined || kind.exported !== undefined || kind.isPlatforms !== undefined) return false;
  if (item.organizationId !== undefined && item.organizationId !== organizationId) return false;
  return indexKeys.every((name) => item[name] === undefined || belongsTo(String(item[name]), key.pk));
}

/**
 * Creates an item as exported, unless it exists; the import is its author, so that the audit log shows who
 * wrote it. Returns whether it was created.
 */
export async function putExported(plane: ControlPlane, item: Item, runId: string): Promise<boolean> {
  const kept = Object.fromEntries(Object.entries(item).filter(([name]) => !leaving.includes(name)));
  const { changed } = kept;
  const stamp =
    typeof changed === 'object' && changed !== null
      ? { changed: { ...changed, by: importer, name: undefined, role: 'system', requestId: runId } }
      : {};
  return await putItemOnce(plane, { ...kept, ...stamp });
}

/** The number of items of each kind an organization has. */
export async function countsOf(
  plane: ControlPlane,
  organizationId: Manifest['organizationId'],
  now: Date,
): Promise<Record<string, number>> {
  const scope = withinOrganization(plane, organizationId);
  const counts: Record<string, number> = {};
  for (const partition of await partitionsOf(scope, now))
    for await (const { items } of pagesOf(scope, partition))
      for (const item of items) {
        const kind = kindOf(keyOfItem(item));
        if (kind !== undefined && kind.exported === undefined)
          counts[kind.name] = (counts[kind.name] ?? 0) + 1;
      }
  return counts;
}

/** The organization with this name; undefined if it is free. */
const holderOfName = async (platform: OrganizationScope, name: string): Promise<OrganizationId | undefined> =>
  (await find(platform, NameClaimItem, { name: directoryName(name) }))?.holder;

/** Claims an organization's previous name, unless another organization has it. */
export async function takeName(
  plane: ControlPlane,
  { organizationId, name }: Pick<Manifest, 'organizationId' | 'name'>,
): Promise<void> {
  const platform = platformScope(plane);
  const claim = { name: directoryName(name), holder: organizationId };
  await write(
    platform,
    replace(platform, NameClaimItem, claim, {
      where: ({ holder }, { eq, notExists }) => `${notExists(holder)} OR ${eq(holder, organizationId)}`,
    }),
  );
}
