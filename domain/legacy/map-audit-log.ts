import { PLATFORM, UserId } from '../ids.ts';
import { type LegacyDocument, textOf } from './document.ts';
import { entryIdOf } from './legacy-ids.ts';
import { type Outcome, remarksOn } from './outcome.ts';
import { belongsTo, type Place, type World } from './world.ts';

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

/** Below DynamoDB's 400 KB an item, with room for keys and names. */
const largest = 380_000;

/**
 * What a legacy audit log becomes: an entry of its organization's trail, at its own time, its action and details as they are.
 * One that names no organization goes to the platform's trail: whose details they are is known to nobody.
 */
export async function mapAuditLog(world: World, document: LegacyDocument): Promise<Outcome> {
  const { fields, id, createdMs, text } = document;
  const remarks = remarksOn(document, known);
  const [action, userId] = [textOf(fields.action), textOf(fields.userId)];
  if (action === undefined) return remarks.aside('document-invalid', 'action');
  if (userId === undefined) return remarks.aside('document-invalid', 'userId');
  if (Buffer.byteLength(text) > largest) return remarks.aside('document-too-large');
  const own = textOf(fields.organizationId);
  const place = own === undefined ? 'missing' : await belongsTo(world, own);
  if (place === 'left') return remarks.aside('organization-not-imported', own);
  if (place === 'missing') remarks.say('log-of-no-organization', own);
  const time = remarks.time('timestamp', fields.timestamp);
  if (time === undefined) remarks.say('time-missing');
  const actorName = nameIn(world, userId, place);
  return remarks.imported({
    kind: 'auditEntry',
    entry: {
      id: entryIdOf(document),
      organizationId: place === 'missing' ? PLATFORM : place.organizationId,
      userId,
      ...(actorName === undefined ? {} : { actorName }),
      role: 'unknown',
      action,
      resource: textOf(fields.resource) ?? 'unknown',
      details: {
        before: null,
        after: {
          source: 'legacy',
          legacyId: id,
          ...(own === undefined ? {} : { legacyOrganizationId: own }),
          details: fields.details ?? null,
        },
        changed: [],
      },
      timestamp: time ?? new Date(createdMs ?? 0).toISOString(),
      schemaVersion: 1,
    },
  });
}

/** What somebody is called whom the same export brings into the same organization. */
function nameIn({ users }: World, id: string, place: Place | 'missing'): string | undefined {
  const userId = UserId.safeParse(id);
  const user = userId.success ? users.get(userId.data) : undefined;
  return place !== 'missing' && user?.organizationId === place.organizationId ? user.name : undefined;
}
