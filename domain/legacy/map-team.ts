import { teamName, teamNameKey } from '../team/team.schema.ts';
import { type LegacyDocument, textOf } from './document.ts';
import { teamIdOf } from './legacy-ids.ts';
import { mapMembers } from './map-members.ts';
import { createdAtOf } from './map-organization.ts';
import { type Outcome, remarksOn } from './outcome.ts';
import { belongs, mapped, type World } from './world.ts';

const known = [
  ...['_id', '_creationTime', 'name', 'description', 'organizationId', 'leaderId', 'createdBy', 'members'],
  ...['createdAt', 'updatedAt'],
];

/** What a legacy team becomes: a team of one organization, its name its own there. */
export async function mapTeam(world: World, document: LegacyDocument): Promise<Outcome> {
  const { fields, id } = document;
  const remarks = remarksOn(document, known);
  const byMapping = mapped(world, 'teams', id);
  const where = await belongs(world, remarks, { byMapping, own: textOf(fields.organizationId) });
  if ('outcome' in where) return where.outcome;
  const { place } = where;
  const named = teamName.safeParse(mapped(world, 'teamNames', id) ?? fields.name);
  if (!named.success) return remarks.undecided('name-unusable');
  const teamId = teamIdOf(document);
  const key = `${place.organizationId} ${teamNameKey(named.data)}`;
  const holder =
    world.teamNames.get(key) ?? (await world.existing.teamNameHolder(place.organizationId, named.data));
  if (holder !== null && holder !== teamId) return remarks.undecided('team-name-taken', named.data);
  if (named.data !== textOf(fields.name)) remarks.say('renamed', named.data);
  world.teamNames.set(key, teamId);
  place.teams += 1;
  const createdAt = createdAtOf(document, remarks);
  const [description, createdBy] = [textOf(fields.description), textOf(fields.createdBy)];
  return remarks.imported({
    kind: 'team',
    organizationId: place.organizationId,
    teamId,
    name: named.data,
    ...(description === undefined ? {} : { description }),
    ...(createdBy === undefined ? {} : { createdBy }),
    members: await mapMembers({ world, place, remarks, createdAt }, fields),
    createdAt,
  });
}
