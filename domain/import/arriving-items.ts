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

/** Who wrote what an import put. */
const importer = 'system:import';
/** What an organization that has arrived elsewhere isn't any more. */
const leaving: readonly string[] = ['frozenAt', 'deletionFrom'];

/** Why an organization can't be imported into this table; null when it can. */
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
  // What an import that was cut off has put: it can begin again.
  if (profile !== null && profile.updatedBy?.id !== importer)
    return `${organizationId} is in this table already.`;
  return null;
}

const indexKeys = [directoryIndex, memberIndex].map(({ partitionKey }) => partitionKey);

/**
 * Whether an item can be in an export of the organization: one of its own, of a kind that is exported.
 * Whoever has an export can write another one with checksums that agree, so they say nothing of where it
 * would go.
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
 * Puts an item as it was exported, unless there is one: by the import, so that the trail says who wrote it
 * here. Answers whether it was put.
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

/** How many items of each kind an organization has. */
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

/** Which organization has a name; undefined when it is free. */
const holderOfName = async (platform: OrganizationScope, name: string): Promise<OrganizationId | undefined> =>
  (await find(platform, NameClaimItem, { name: directoryName(name) }))?.holder;

/** Gives an organization the name that it had in another stage, unless another one has it. */
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
