import { type OrganizationId, PLATFORM } from '../../ids.ts';
import {
  type DirectoryPosition,
  directoryPosition,
  organizationsOfShard,
} from '../../organization/read-directory.ts';
import { find } from '../../table/reads.ts';
import { type ControlPlane, withinOrganization } from '../../table/scope.ts';
import { NewestCheckpointItem } from '../audit-checkpoint.noun.ts';
import type { Sealed } from '../seal-trail.ts';
import { keepRound, memberOf, type RoundMember } from './rounds.ts';
import { type CheckpointTools, takeCheckpoint } from './take-checkpoint.ts';

/** Dependencies of a run: the directory, the audit logs with their trees, the key and the bucket. */
export interface CheckpointRun extends CheckpointTools {
  readonly directory: ControlPlane;
  readonly trails: ControlPlane;
  /** Called for each audit log whose checkpoint couldn't be taken. */
  readonly onFailure: (organizationId: OrganizationId, error: unknown) => void;
  /** Called for each audit log that was tampered with. */
  readonly onBroken: (organizationId: OrganizationId, broken: NonNullable<Sealed['broken']>) => void;
}

const pageSize = 200;
/** Audit logs processed in parallel. */
const width = 10;

interface Figures {
  readonly organizations: number;
  readonly failures: number;
  readonly broken: number;
}

/** The platform's own audit log belongs to the first shard. */
const platformsShard = 0;

/**
 * Takes a checkpoint of every audit log of a shard, and then a round over the newest checkpoint of each,
 * including those that failed this time. Failures don't affect the others.
 */
export async function checkpointShard(run: CheckpointRun, shard: number, now: Date): Promise<Figures> {
  const members: RoundMember[] = [];
  let [failures, broken] = [0, 0];
  const take = async (organizationId: OrganizationId) => {
    const scope = withinOrganization(run.trails, organizationId);
    try {
      const taken = await takeCheckpoint(scope, run, now);
      if (taken.newest !== null) members.push(memberOf(taken.newest));
      if (taken.broken === null) return;
      broken += 1;
      run.onBroken(organizationId, taken.broken);
    } catch (error) {
      failures += 1;
      run.onFailure(organizationId, error);
      const known = await find(scope, NewestCheckpointItem, {});
      if (known !== null) members.push(memberOf(known));
    }
  };
  let organizations = 0;
  let position: DirectoryPosition | undefined;
  if (shard === platformsShard) await take(PLATFORM);
  for (let more = true; more; ) {
    const page = await organizationsOfShard(run.directory, shard, position, pageSize);
    for (let first = 0; first < page.length; first += width)
      await Promise.all(page.slice(first, first + width).map(({ id }) => take(id)));
    const last = page.at(-1);
    organizations += page.length;
    more = page.length === pageSize;
    if (last !== undefined) position = directoryPosition(last);
  }
  if (members.length > 0)
    await keepRound(withinOrganization(run.trails, PLATFORM), run, { shard, members, now });
  return { organizations, failures, broken };
}
