import { appendEntries, together } from '../audit/append-entries.ts';
import { AuditItem } from '../audit/audit.noun.ts';
import { entryIn, importedPrefix } from '../audit/stored-entries.ts';
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
 * Maps a legacy audit log to an entry of its organization's audit log, with its own time, action and
 * details; details that the table can't store become JSON text. One without an organization goes to the
 * platform's audit log, since it's unknown whose details they are.
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
      // The whole line is hashed: two logs with the same `_id` are two entries.
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

// An entry's details contain the state afterwards, which contains the log's details.
const levelOfDetails = 3;

function detailsOf(details: unknown, remarks: Remarks): unknown {
  const problem = unstorable(details, 'details', levelOfDetails);
  if (problem === undefined) return details;
  remarks.say('details-as-text', problemText(problem));
  return JSON.stringify(details);
}

/** The name of a user imported into the same organization by the same export. */
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

/** Without duplicates: a line that an export contains twice is one entry. */
const distinct = <Key extends EntryKey>(keys: readonly Key[]): Key[] => [
  ...new Map(keys.map((key) => [key.id, key])).values(),
];

/** Reads up to 100 entries (strongly consistent) by id. Missing ones are omitted. */
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

/** Appends up to 100 imported entries, of any organizations. Existing ones are left as they are. */
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
 * Removes up to 100 entries imported by a run, and returns for each key whether it was removed. The
 * product's own entries are never removed.
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
