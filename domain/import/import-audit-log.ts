import { appendEntries, together } from '../audit/append-entries.ts';
import { AuditItem } from '../audit/audit.noun.ts';
import { importedPrefix } from '../audit/find-entry.ts';
import { entryIn } from '../audit/stored-entries.ts';
import { withdrawEntries } from '../audit/withdraw-entries.ts';
import { PLATFORM, UserId } from '../ids.ts';
import { itemsOf } from '../table/batch-read.ts';
import { entityOf } from '../table/entity.ts';
import { type ControlPlane, withinOrganization } from '../table/scope.ts';
import { problemText, unstorable } from '../table/storable.ts';
import { creationTimeOf, exactText, fingerprint, type LegacyDocument } from './document.ts';
import type { Importer } from './import-run.ts';
import {
  type Found,
  type ImportedEntry,
  type ImportedKey,
  type Outcome,
  type Remarks,
  remarksOn,
} from './outcome.ts';
import { organizationOf, type PlannedOrganization, type PlanState } from './plan-state.ts';

const known = [
  '_id',
  '_creationTime',
  'organizationId',
  'userId',
  'action',
  'resource',
  'details',
  'timestamp',
];

/**
 * What a legacy audit log becomes: an entry of its organization's trail, at its own time, its action and
 * details as they are; details that the table can't hold as their JSON text. One that names no organization
 * goes to the platform's trail: whose details they are is known to nobody.
 */
export async function mapAuditLog(state: PlanState, document: LegacyDocument): Promise<Outcome> {
  const { fields, id } = document;
  const remarks = remarksOn(document, known);
  const [action, userId] = [exactText(fields.action), exactText(fields.userId)];
  if (action === undefined) return remarks.aside('document-invalid', 'action');
  if (userId === undefined) return remarks.aside('document-invalid', 'userId');
  const own = remarks.exact('organizationId', fields.organizationId);
  const organization = own === undefined ? 'missing' : await organizationOf(state, own);
  if (organization === 'left') return remarks.aside('organization-not-imported', own);
  if (organization === 'missing') remarks.say('log-of-no-organization', own);
  const given = remarks.time('timestamp', fields.timestamp);
  if (given === undefined) remarks.say('time-missing');
  const time = given ?? creationTimeOf(document);
  if (time === undefined) return remarks.aside('document-invalid', 'timestamp');
  const resource = remarks.exact('resource', fields.resource);
  if (resource === undefined) remarks.say('resource-missing');
  const actorName = nameIn(state, userId, organization);
  return remarks.imported({
    kind: 'auditEntry',
    entry: {
      // The whole line takes part: two logs that share an `_id` are two entries.
      id: `${importedPrefix}${fingerprint(`${id}\n${document.text}`, 26)}`,
      organizationId: organization === 'missing' ? PLATFORM : organization.organizationId,
      userId,
      ...(actorName === undefined ? {} : { actorName }),
      role: 'unknown',
      action,
      resource: resource ?? 'unknown',
      details: {
        before: null,
        after: {
          source: 'legacy',
          legacyId: id,
          ...(own === undefined ? {} : { legacyOrganizationId: own }),
          details: detailsOf(fields.details ?? null, remarks),
        },
        changed: [],
      },
      timestamp: time,
      schemaVersion: 1,
    },
  });
}

// An entry's details hold what was there after, which holds the log's.
const levelOfDetails = 3;

function detailsOf(details: unknown, remarks: Remarks): unknown {
  const problem = unstorable(details, 'details', levelOfDetails);
  if (problem === undefined) return details;
  remarks.say('details-as-text', problemText(problem));
  return JSON.stringify(details);
}

/** What somebody is called whom the same export brings into the same organization. */
function nameIn(
  { users }: PlanState,
  id: string,
  organization: PlannedOrganization | 'missing',
): string | undefined {
  const userId = UserId.safeParse(id);
  const user = userId.success ? users.get(userId.data) : undefined;
  return organization !== 'missing' && user?.organizationId === organization.organizationId
    ? user.name
    : undefined;
}

type EntryKey = Omit<Extract<ImportedKey, { readonly kind: 'auditEntry' }>, 'kind'>;

const keyOf = ({ timestamp, id }: EntryKey) => ({ month: timestamp.slice(0, 7), timestamp, entryId: id });

/** Without those that are named again: a line that an export has twice is one entry. */
const distinct = <Key extends EntryKey>(keys: readonly Key[]): Key[] => [
  ...new Map(keys.map((key) => [key.id, key])).values(),
];

/** Entries as they are now, at most 100, by their ids. One that isn't there is missing. */
export async function findImportedEntries(
  plane: ControlPlane,
  keys: readonly EntryKey[],
): Promise<Map<string, Found & { readonly item: ImportedEntry }>> {
  const found = await itemsOf(
    plane,
    distinct(keys).map((key) =>
      entityOf(AuditItem).get({ organizationId: key.organizationId, ...keyOf(key) }),
    ),
  );
  const entries = found.flatMap((item) => {
    const stored = item === undefined ? null : entityOf(AuditItem).parse({ Item: item }).data;
    return stored === null ? [] : [entryIn(stored)];
  });
  return new Map(
    entries.map(({ requestId, ...entry }) => [
      entry.id,
      { item: { kind: 'auditEntry', entry }, changedBy: requestId },
    ]),
  );
}

/**
 * Appends imported entries, at most 100, whatever organizations they are of. One that is there stays as it
 * is.
 */
export async function importEntries(
  { plane, actor: { requestId } }: Importer,
  imported: readonly ImportedEntry[],
): Promise<void> {
  const entries = distinct(imported.map(({ entry }) => ({ ...entry, requestId })));
  const byOrganization = Map.groupBy(entries, ({ organizationId }) => organizationId);
  await Promise.all(
    [...byOrganization].map(async ([organizationId, own]) => {
      const scope = withinOrganization(plane, organizationId);
      const parts = together(
        own.map((entry) => ({ entry })),
        'imported',
      );
      for (const part of parts) await appendEntries(scope, part, { kind: 'imported' });
    }),
  );
}

/**
 * Removes entries, at most 100, that a run has imported, and answers for each key whether it did; what the
 * product itself recorded stays, whatever is asked.
 */
export async function undoEntries(
  plane: ControlPlane,
  keys: readonly EntryKey[],
  runId: string,
): Promise<boolean[]> {
  const imported = distinct(keys).filter(({ id }) => id.startsWith(importedPrefix));
  const byOrganization = Map.groupBy(imported, ({ organizationId }) => organizationId);
  const gone = await Promise.all(
    [...byOrganization].map(([organizationId, own]) =>
      withdrawEntries(withinOrganization(plane, organizationId), own, runId),
    ),
  );
  const ids = new Set(gone.flat());
  return keys.map(({ id }) => ids.has(id));
}
