import { adoptEntries } from '../audit/adoption.service.ts';
import type { AuditEntry } from '../audit/audit.schema.ts';
import { noteOlderMonths } from '../audit/older-months.ts';
import type { OrganizationId } from '../ids.ts';
import { adoptOrganization } from '../organization/adoption.service.ts';
import type { Adoption } from '../table/change-stamp.ts';
import { type ControlPlane, withinOrganization } from '../table/scope.ts';
import { adoptTeam } from '../team/adoption.service.ts';
import { adoptUsers } from '../user/adoption.service.ts';
import { batchesOf, noteBatch } from './import-run.service.ts';
import { keyOf, positionOf } from './import-run.ts';
import { findImported } from './imported.service.ts';
import type { Imported, ImportedUser, Outcome } from './outcome.ts';

/** Lines written between two notes of where the run is. */
const batchSize = 40;

/**
 * What a run writes, and who is told after each batch how many lines are done, those of earlier attempts
 * included.
 */
export interface Application {
  readonly runId: string;
  readonly outcomes: AsyncIterable<Outcome>;
  onBatch(lines: number): void;
}

/**
 * Writes what the outcomes import, in their order, and can be killed at any moment: each batch is noted
 * before it is written, and a later call begins with the batch that was last. Writing something again changes
 * nothing. The adoption's actor carries the run's id as its request.
 */
export async function applyOutcomes(
  plane: ControlPlane,
  adoption: Adoption,
  { runId, outcomes, onBatch }: Application,
): Promise<void> {
  const resumeAt = await lastPosition(plane, runId);
  let position = '';
  let items: Imported[] = [];
  let lines = 0;
  const monthsNoted = new Set<string>();
  const flush = async () => {
    if (items.length === 0) return;
    const keys = (await createdHere(plane, runId, items)).map(keyOf);
    await noteBatch(plane, runId, { position, keys });
    await noteMonthsOf(plane, items, monthsNoted);
    await write(plane, adoption, items);
    items = [];
    onBatch(lines);
  };
  for await (const { source, imported } of outcomes) {
    if (imported !== undefined && positionOf(source) >= resumeAt) {
      if (items.length === batchSize || (items.length > 0 && items[0]?.kind !== imported.kind)) await flush();
      if (items.length === 0) position = positionOf(source);
      items.push(imported);
    }
    lines += 1;
  }
  await flush();
}

async function lastPosition(plane: ControlPlane, runId: string): Promise<string> {
  for await (const { position } of batchesOf(plane, runId)) return position;
  return '';
}

/**
 * What the run creates. A user may have been there before and have got teams by the run since, which marks
 * them as changed by it: undoing it must not take them away, so they aren't noted. Of everything else the
 * mark itself tells.
 */
async function createdHere(plane: ControlPlane, runId: string, items: Imported[]): Promise<Imported[]> {
  const found = await Promise.all(
    items.map((item) => (item.kind === 'user' ? findImported(plane, item) : null)),
  );
  return items.filter(
    (_, index) => found[index]?.changedBy === undefined || found[index].changedBy === runId,
  );
}

/**
 * Notes the months of entries, each month of an organization once: most batches are of months that are noted.
 */
async function noteMonthsOf(
  plane: ControlPlane,
  items: readonly Imported[],
  noted: Set<string>,
): Promise<void> {
  const entries = items.flatMap((item) => (item.kind === 'auditEntry' ? [item.entry] : []));
  const monthOf = ({ organizationId, timestamp }: AuditEntry) => `${organizationId} ${timestamp.slice(0, 7)}`;
  await noteOlderMonths(
    plane,
    entries.filter((entry) => !noted.has(monthOf(entry))),
  );
  for (const entry of entries) noted.add(monthOf(entry));
}

async function write(plane: ControlPlane, adoption: Adoption, items: readonly Imported[]): Promise<void> {
  for (const [organizationId, users] of usersByOrganization(items))
    await adoptUsers(withinOrganization(plane, organizationId), adoption, users);
  for (const item of items) {
    if (item.kind === 'organization') await adoptOrganization(plane, adoption, item);
    if (item.kind === 'team') await adoptTeam(withinOrganization(plane, item.organizationId), adoption, item);
  }
  const { requestId } = adoption.actor;
  const entries = items.flatMap((item) => (item.kind === 'auditEntry' ? [{ ...item.entry, requestId }] : []));
  await adoptEntries(plane, entries);
}

function usersByOrganization(items: readonly Imported[]): Map<OrganizationId, ImportedUser[]> {
  const users = items.flatMap((item) => (item.kind === 'user' ? [item] : []));
  return Map.groupBy(users, ({ organizationId }) => organizationId);
}
