import type { DynamoDBRecord } from 'aws-lambda';
import { OrganizationId } from '../../domain/ids.ts';
import { kindOf } from '../../domain/nouns.ts';
import { stampOfDeletion } from '../../domain/table/deletion-record.ts';
import { partsOfKey } from '../../domain/table/kinds.ts';
import type { OrganizationScope } from '../../domain/table/scope.ts';
import type { roleClient } from '../../domain/table/tables.ts';
import {
  type Change,
  changeOf,
  isBookkeeping,
  type Removal,
  StreamRecord,
  unstampedNounOf,
} from '../../events/change.ts';
import { plain } from '../aws/stream-image.ts';

/** A client that reads deletion records, which contain the actor of a deletion. */
export type Tombstones = ReturnType<typeof roleClient>;

/** A record that can never be read. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';
}

function reading<Value>(read: () => Value): Value {
  try {
    return read();
  } catch (cause) {
    throw new Unreadable(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

/**
 * The principal that deletes expired items. Source: DynamoDB Developer Guide, "DynamoDB Streams and Time to
 * Live".
 */
const timeToLive = 'dynamodb.amazonaws.com';

/** A record's change, or null for bookkeeping. */
export async function changeIn(raw: DynamoDBRecord, tombstones: Tombstones): Promise<Change | null> {
  const record = reading(() => parse(raw));
  const kind = kindOf(record.key);
  if (isBookkeeping(kind)) return null;
  const { userIdentity } = raw;
  const expired = userIdentity?.type === 'Service' && userIdentity.principalId === timeToLive;
  // What an access event recorded is in the audit log already.
  if (expired && kind?.name === 'accessEvent') return null;
  const organizationId = reading(() => OrganizationId.parse(partsOfKey(record.key.pk).organization));
  const removal = expired ? expiry(record) : await removalIn(record, { organizationId, ...tombstones });
  return reading(() => changeOf(record, removal));
}

/** A record as plain JSON, or null if it can't be read. */
export function recordIn(raw: DynamoDBRecord): StreamRecord | null {
  try {
    return parse(raw);
  } catch {
    return null;
  }
}

const parse = ({ eventID, eventName, dynamodb }: DynamoDBRecord): StreamRecord =>
  StreamRecord.parse({
    eventID,
    eventName,
    at: dynamodb?.ApproximateCreationDateTime,
    sequence: dynamodb?.SequenceNumber,
    key: plain(dynamodb?.Keys),
    before: plain(dynamodb?.OldImage),
    after: plain(dynamodb?.NewImage),
  });

function expiry({ eventID, key, at }: StreamRecord): Removal {
  const action = `${unstampedNounOf(kindOf(key))}.expired`;
  return {
    changed: { by: 'system:expiry', role: 'system', action, requestId: eventID },
    at: new Date(at * 1000).toISOString(),
  };
}

async function removalIn(
  { eventName, key, before }: StreamRecord,
  scope: OrganizationScope,
): Promise<Removal | null> {
  if (eventName !== 'REMOVE' || typeof before?.revision !== 'number' || typeof before.createdAt !== 'string')
    return null;
  const { createdAt, revision } = before;
  const entity = kindOf(key)?.name ?? 'unknown';
  return await stampOfDeletion(scope, { entity, sortKey: key.sk, createdAt, revision });
}
