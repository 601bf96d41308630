import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { abilityOf, allows, rulesFor } from '../../../../domain/access/ability.ts';
import type { Actor } from '../../../../domain/actor.ts';
import { appendEntries, together } from '../../../../domain/audit/append-entries.ts';
import type { AuditEntry } from '../../../../domain/audit/audit.schema.ts';
import { same } from '../../../../domain/difference.ts';
import { kindOf } from '../../../../domain/nouns.ts';
import { requireOrganization } from '../../../../domain/organization/find-organization.ts';
import { stampOfDeletion } from '../../../../domain/table/deletion-record.ts';
import type { ControlPlane, OrganizationScope } from '../../../../domain/table/scope.ts';
import { previewUndo, undoEntry } from '../../../../domain/undo/undo-entry.ts';
import { User } from '../../../../domain/user/profile.schema.ts';
import { type Change, changeOf, isBookkeeping } from '../../../../events/change.ts';
import { claimsOf } from './claims.ts';
import { now } from './founding.ts';

type Item = Record<string, unknown> & { readonly pk: string; readonly sk: string };

/** Every item of an organization, by its key. */
async function itemsOf({ client, table, organizationId }: OrganizationScope): Promise<Map<string, Item>> {
  const found = new Map<string, Item>();
  let from: Record<string, unknown> | undefined;
  do {
    const { Items = [], LastEvaluatedKey } = await client.send(
      new ScanCommand({ TableName: table, ExclusiveStartKey: from, ConsistentRead: true }),
    );
    for (const item of Items) {
      const { pk, sk } = item;
      if (typeof pk === 'string' && typeof sk === 'string' && pk.startsWith(`${organizationId}#`))
        found.set(`${pk} ${sk}`, { ...item, pk, sk });
    }
    from = LastEvaluatedKey;
  } while (from !== undefined);
  return found;
}

let sequence = 0;

/** The audit writer's entry for a change of one item; null if it leaves none. */
async function changeIn(
  scope: OrganizationScope,
  before: Item | null,
  after: Item | null,
): Promise<Change | null> {
  const { pk, sk } = after ?? before ?? { pk: '', sk: '' };
  const kind = kindOf({ pk, sk });
  if (isBookkeeping(kind)) return null;
  sequence += 1;
  const deletion = {
    entity: kind?.name ?? '',
    sortKey: sk,
    createdAt: String(before?.createdAt),
    revision: Number(before?.revision),
  };
  return changeOf(
    {
      eventID: `event${sequence}`,
      eventName: before === null ? 'INSERT' : after === null ? 'REMOVE' : 'MODIFY',
      at: now.getTime() / 1000,
      sequence: String(sequence),
      key: { pk, sk },
      before,
      after,
    },
    after === null ? await stampOfDeletion(scope, deletion) : null,
  );
}

/** Runs an operation and records it as the audit writer would; returns its entries. */
export async function recorded(scope: OrganizationScope, act: () => Promise<unknown>): Promise<AuditEntry[]> {
  const before = await itemsOf(scope);
  await act();
  const after = await itemsOf(scope);
  const keys = [...new Set([...before.keys(), ...after.keys()])].filter(
    (key) => !same(before.get(key), after.get(key)),
  );
  const entries: AuditEntry[] = [];
  for (const key of keys) {
    const change = await changeIn(scope, before.get(key) ?? null, after.get(key) ?? null);
    if (change !== null) entries.push(entryOf(scope, change));
  }
  for (const part of together(entries.map((entry) => ({ entry })))) await appendEntries(scope, part);
  return entries;
}

const entryOf = ({ organizationId }: OrganizationScope, change: Change): AuditEntry => ({
  id: change.entryId,
  organizationId,
  userId: change.actor?.by ?? 'unattributed',
  role: change.actor?.role ?? 'unknown',
  action: change.action,
  resource: change.resource,
  details: { before: change.before, after: change.after, changed: change.changed },
  timestamp: change.timestamp,
  requestId: change.actor?.requestId,
  names: change.actor?.names,
  undoes: change.actor?.undoes,
  schemaVersion: 1,
});

/** The entry of an action among those of an operation. */
export function entryFor(entries: readonly AuditEntry[], action: string): AuditEntry {
  const found = entries.find((entry) => entry.action === action);
  if (found === undefined) throw new Error(`no ${action} among ${entries.map((entry) => entry.action)}`);
  return found;
}

type Asked = Parameters<typeof previewUndo>[0];

let moments = 0;
/** A time after all earlier ones, since users act one after another. */
export function soon(): Date {
  moments += 1;
  return new Date(now.getTime() + moments);
}

/** Undoes entries, and previews undoing them, as an admin of the organization. */
export function undoing(plane: ControlPlane, scope: OrganizationScope, actor: Actor, at?: Date) {
  const ability = abilityOf(
    rulesFor(
      User.parse({
        ...{ userId: actor.by, email: 'a@b.example', name: 'Admin', organizationId: scope.organizationId },
        ...{ role: actor.role, revision: 1, createdAt: now.toISOString(), updatedAt: now.toISOString() },
      }),
    ),
  );
  const may: Asked['may'] = (action, subject, instance, field) =>
    allows(ability, action, subject, { ...instance, organizationId: scope.organizationId }, field);
  const asked = async (): Promise<Asked> => ({
    ctx: { scope, actor, now: at ?? soon() },
    organization: await requireOrganization(scope),
    claims: claimsOf(plane),
    may,
  });
  return {
    preview: async (entry: AuditEntry) => await previewUndo(await asked(), entry),
    undo: async (entry: AuditEntry, revision?: number | null) =>
      await undoEntry(await asked(), entry, revision),
  };
}
