import { type Fields, isFields } from '../difference.ts';
import { OwnOrganizationChange } from '../organization/organization.schema.ts';
import { updateOwnOrganization } from '../organization/update-organization.ts';
import { compared, imagesOf, nothingToPutBack, type Plan, planned, type Undoing, valuesOf } from './plan.ts';
import { undoRefusals } from './undo.refusals.ts';

const contactFields = ['contactPerson.name', 'contactPerson.email', 'contactPerson.phone'];
/** What an organization's own admin may change, and what only the platform changes. */
const own = [...contactFields, 'allowedDomains'];
const platforms = ['name', 'externalId', 'metadata'];

/** A profile with the contact's fields at the top level. */
function flat({ contactPerson, ...profile }: Fields): Fields {
  const parts = isFields(contactPerson) ? contactPerson : {};
  return {
    ...profile,
    ...Object.fromEntries(Object.entries(parts).map(([name, value]) => [`contactPerson.${name}`, value])),
  };
}

/** The contact with the restored fields; undefined if there are none. */
function contactWith(present: Fields, values: Fields): Fields | undefined {
  const given = contactFields.filter((field) => field in values);
  if (given.length === 0) return undefined;
  const parts = { ...present, ...values };
  return Object.fromEntries(
    contactFields.flatMap((field) => {
      const { [field]: value } = parts;
      const name = field.slice('contactPerson.'.length);
      return value === undefined || value === null ? [] : [[name, value]];
    }),
  );
}

/** Plans restoring fields of an organization's profile. */
export async function undoOrganization({ organization, may, entry }: Undoing): Promise<Plan> {
  const { before, after } = imagesOf(entry);
  const present = flat({ ...organization });
  const { revision } = organization;
  const states = { before: flat(before), after: flat(after), now: present };
  const fields = compared([...own, ...platforms], states, (field) => {
    const [name] = field.split('.');
    return own.includes(field) && may('update', 'Organization', {}, name) ? 'put_back' : 'not_allowed';
  });
  const values = valuesOf(fields);
  const { data: change } = OwnOrganizationChange.safeParse({
    ...{ contactPerson: contactWith(present, values) },
    ...('allowedDomains' in values ? { allowedDomains: values.allowedDomains } : {}),
  });
  return planned({
    revision,
    fields,
    refusals: [nothingToPutBack(fields), change === undefined ? undoRefusals.undo_outdated() : null],
    apply: (marked) => updateOwnOrganization(marked, organization, { ...change, revision }),
  });
}
