import { PLATFORM, UserId } from '../ids.ts';
import { problemText, unstorable } from '../table/storable.ts';
import { creationTimeOf, exactText, type LegacyDocument } from './document.ts';
import { entryIdOf } from './legacy-ids.ts';
import { type Outcome, type Remarks, remarksOn } from './outcome.ts';
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

/**
 * What a legacy audit log becomes: an entry of its organization's trail, at its own time, its action and
 * details as they are; details that the table can't hold as their JSON text. One that names no organization
 * goes to the platform's trail: whose details they are is known to nobody.
 */
export async function mapAuditLog(world: World, document: LegacyDocument): Promise<Outcome> {
  const { fields, id } = document;
  const remarks = remarksOn(document, known);
  const [action, userId] = [exactText(fields.action), exactText(fields.userId)];
  if (action === undefined) return remarks.aside('document-invalid', 'action');
  if (userId === undefined) return remarks.aside('document-invalid', 'userId');
  const own = remarks.exact('organizationId', fields.organizationId);
  const place = own === undefined ? 'missing' : await belongsTo(world, own);
  if (place === 'left') return remarks.aside('organization-not-imported', own);
  if (place === 'missing') remarks.say('log-of-no-organization', own);
  const given = remarks.time('timestamp', fields.timestamp);
  if (given === undefined) remarks.say('time-missing');
  const time = given ?? creationTimeOf(document);
  if (time === undefined) return remarks.aside('document-invalid', 'timestamp');
  const resource = remarks.exact('resource', fields.resource);
  if (resource === undefined) remarks.say('resource-missing');
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
function nameIn({ users }: World, id: string, place: Place | 'missing'): string | undefined {
  const userId = UserId.safeParse(id);
  const user = userId.success ? users.get(userId.data) : undefined;
  return place !== 'missing' && user?.organizationId === place.organizationId ? user.name : undefined;
}
