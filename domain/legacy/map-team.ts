import { teamDescription, teamName, teamNameKey } from '../team/team.schema.ts';
import type { LegacyDocument } from './document.ts';
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
  const where = await belongs(world, remarks, {
    byMapping,
    own: remarks.exact('organizationId', fields.organizationId),
  });
  if ('outcome' in where) return where.outcome;
  const { place } = where;
  const given = mapped(world, 'teamNames', id);
  const name = given ?? remarks.text('name', fields.name, teamName);
  if (name === undefined) return remarks.undecided('name-unusable');
  const teamId = teamIdOf(document);
  const key = `${place.organizationId} ${teamNameKey(name)}`;
  const holder =
    world.teamNames.get(key) ?? (await world.existing.teamNameHolder(place.organizationId, name));
  if (holder !== null && holder !== teamId) return remarks.undecided('team-name-taken', name);
  if (given !== undefined) remarks.keep('renamed', 'name', fields.name, given);
  const createdAt = createdAtOf(document, remarks);
  if (createdAt === undefined) return remarks.aside('document-invalid', 'createdAt');
  world.teamNames.set(key, teamId);
  place.teams += 1;
  const description = remarks.text('description', fields.description, teamDescription);
  const createdBy = remarks.exact('createdBy', fields.createdBy);
  return remarks.imported({
    kind: 'team',
    organizationId: place.organizationId,
    teamId,
    name,
    ...(description === undefined ? {} : { description }),
    ...(createdBy === undefined ? {} : { createdBy }),
    members: await mapMembers({ world, place, remarks, createdAt }, fields),
    createdAt,
  });
}
