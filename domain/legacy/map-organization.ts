import { OrganizationId } from '../ids.ts';
import { directoryName } from '../organization/directory-row.ts';
import { ContactPerson, OrganizationName } from '../organization/organization.schema.ts';
import type { Organization } from '../organization/profile.schema.ts';
import type { Subscription } from '../subscription/subscription.schema.ts';
import { creationTimeOf, type LegacyDocument, objectOf } from './document.ts';
import { organizationIdOf } from './legacy-ids.ts';
import { type Outcome, type Remarks, remarksOn } from './outcome.ts';
import { mapped, placeOf, planNamed, type World } from './world.ts';

const known = [
  '_id',
  '_creationTime',
  'name',
  'contactPerson',
  'status',
  'subscription',
  'createdAt',
  'updatedAt',
];

/** What a legacy organization becomes. Its name is free, or the mapping says what to do. */
export async function mapOrganization(world: World, document: LegacyDocument): Promise<Outcome> {
  // Some systems write the `_id` once more.
  const remarks = remarksOn(document, document.fields.id === document.id ? ['id', ...known] : known);
  const outcome = await decide(world, document, remarks);
  if (outcome.verdict === 'quarantined' || outcome.verdict === 'undecided')
    world.organizations.set(document.id, 'left');
  return outcome;
}

async function decide(world: World, document: LegacyDocument, remarks: Remarks): Promise<Outcome> {
  const target = mapped(world, 'organizations', document.id);
  if (target !== undefined) return await joinExisting(world, document, remarks, target);
  const given = mapped(world, 'organizationNames', document.id);
  const name = given ?? remarks.text('name', document.fields.name, OrganizationName);
  if (name === undefined) return remarks.undecided('name-unusable');
  const id = organizationIdOf(document);
  const holder = await holderOf(world, name);
  if (holder !== null && holder !== id) return remarks.undecided('name-taken', name);
  if (given !== undefined) remarks.keep('renamed', 'name', document.fields.name, given);
  const createdAt = createdAtOf(document, remarks);
  if (createdAt === undefined) return remarks.aside('document-invalid', 'createdAt');
  const subscription = subscriptionOf(world, document, remarks, createdAt);
  if ('verdict' in subscription) return subscription;
  world.names.set(directoryName(name), id);
  const place = { organizationId: id, document, plan: subscription.plan, users: 0, admins: 0, teams: 0 };
  world.organizations.set(document.id, place);
  world.places.set(id, place);
  return remarks.imported({
    kind: 'organization',
    id,
    name,
    contactPerson: contactOf(document, remarks),
    status: statusOf(document, remarks),
    subscription,
    createdAt,
  });
}

async function joinExisting(
  world: World,
  document: LegacyDocument,
  remarks: Remarks,
  target: string,
): Promise<Outcome> {
  const id = OrganizationId.safeParse(target);
  const place = id.success && id.data !== 'platform' ? await placeOf(world, id.data) : null;
  if (place === null) return remarks.undecided('target-missing', target);
  world.organizations.set(document.id, place);
  remarks.say('organization-mapped', target);
  return remarks.mapped();
}

const holderOf = async (world: World, text: string): Promise<string | null> =>
  world.names.get(directoryName(text)) ?? (await world.existing.nameHolder(text));

/** `createdAt`, else Convex's own time; undefined where a document has neither. */
export function createdAtOf(document: LegacyDocument, remarks: Remarks): string | undefined {
  const given = remarks.time('createdAt', document.fields.createdAt);
  if (given === undefined) remarks.say('created-missing');
  return given ?? creationTimeOf(document);
}

function contactOf({ fields }: LegacyDocument, remarks: Remarks): Organization['contactPerson'] {
  const person = objectOf(fields.contactPerson);
  remarks.keepOthers('contactPerson', fields.contactPerson, ['name', 'email', 'phone']);
  const { shape } = ContactPerson;
  const name = remarks.text('contactPerson.name', person.name, shape.name);
  const email = remarks.text('contactPerson.email', person.email, shape.email);
  const phone = remarks.text('contactPerson.phone', person.phone, shape.phone);
  if (name === undefined || email === undefined) remarks.say('contact-incomplete');
  return {
    name: name ?? '',
    email: email ?? '',
    ...(phone === undefined ? {} : { phone }),
  };
}

function statusOf({ fields }: LegacyDocument, remarks: Remarks): Organization['status'] {
  if (fields.status === 'active' || fields.status === 'inactive') return fields.status;
  remarks.unknown('status-unknown', 'status', fields.status);
  return 'inactive';
}

function subscriptionOf(
  world: World,
  { fields }: LegacyDocument,
  remarks: Remarks,
  createdAt: string,
): Subscription | Outcome {
  const { plan: named, startDate, endDate } = objectOf(fields.subscription);
  remarks.keepOthers('subscription', fields.subscription, ['plan', 'startDate', 'endDate']);
  const text = remarks.exact('subscription.plan', named);
  if (text === undefined) remarks.say('plan-missing');
  const plan = planNamed(world, text ?? 'starter');
  if (plan === undefined) return remarks.undecided('plan-unknown', text);
  const date = (field: string, value: unknown) => remarks.time(`subscription.${field}`, value)?.slice(0, 10);
  const ends = date('endDate', endDate);
  return {
    plan,
    startDate: date('startDate', startDate) ?? createdAt.slice(0, 10),
    ...(ends === undefined ? {} : { endDate: ends }),
  };
}
