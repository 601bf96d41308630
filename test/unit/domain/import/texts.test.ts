import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Imported, Outcome } from '../../../../domain/import/outcome.ts';
import { ContactPerson, OrganizationName } from '../../../../domain/organization/organization.schema.ts';
import { teamDescription, teamName } from '../../../../domain/team/team.schema.ts';
import { emailAddress, line } from '../../../../domain/text.schema.ts';
import { auditLog, kindsOf, organization, planned, team, user } from './planning.ts';

const organizations = [organization('one')];
const contactOf = (contactPerson: object) =>
  planned({ organizations: [organization('one', { contactPerson })] });
const userOf = (fields: object) => planned({ organizations, users: [user('ada', 'one', fields)] });
const teamOf = (fields: object) => planned({ organizations, teams: [team('t1', 'one', fields)] });
const logOf = (fields: object) => planned({ organizations, auditLogs: [auditLog('a1', 'one', fields)] });

/** Each string of a document: its input, the rule of the product's API, and the imported value. */
const texts = {
  'an organization’s name': {
    plan: (name: unknown) => planned({ organizations: [organization('one', { name })] }),
    rule: OrganizationName,
    of: (item: Imported) => item.kind === 'organization' && item.name,
  },
  'a contact’s name': {
    plan: (name: unknown) => contactOf({ name, email: 'cora@example.com' }),
    rule: ContactPerson.shape.name,
    of: (item: Imported) => item.kind === 'organization' && item.contactPerson.name,
  },
  'a contact’s address': {
    plan: (email: unknown) => contactOf({ name: 'Cora', email }),
    rule: ContactPerson.shape.email,
    of: (item: Imported) => item.kind === 'organization' && item.contactPerson.email,
  },
  'a contact’s phone': {
    plan: (phone: unknown) => contactOf({ name: 'Cora', email: 'cora@example.com', phone }),
    rule: ContactPerson.shape.phone,
    of: (item: Imported) => item.kind === 'organization' && item.contactPerson.phone,
  },
  'a user’s name': {
    plan: (name: unknown) => userOf({ name }),
    rule: line(120),
    of: (item: Imported) => item.kind === 'user' && item.name,
  },
  'a user’s address': {
    plan: (email: unknown) => userOf({ email }),
    rule: emailAddress,
    of: (item: Imported) => item.kind === 'user' && item.email,
  },
  'a team’s name': {
    plan: (name: unknown) => teamOf({ name }),
    rule: teamName,
    of: (item: Imported) => item.kind === 'team' && item.name,
  },
  'a team’s description': {
    plan: (description: unknown) => teamOf({ description }),
    rule: teamDescription,
    of: (item: Imported) => item.kind === 'team' && item.description,
  },
  'a team’s creator': {
    plan: (createdBy: unknown) => teamOf({ createdBy }),
    rule: line(200),
    of: (item: Imported) => item.kind === 'team' && item.createdBy,
  },
  'a log’s action': {
    plan: (action: unknown) => logOf({ action }),
    rule: line(200),
    of: (item: Imported) => item.kind === 'auditEntry' && item.entry.action,
  },
  'a log’s resource': {
    plan: (resource: unknown) => logOf({ resource }),
    rule: line(200),
    of: (item: Imported) => item.kind === 'auditEntry' && item.entry.resource,
  },
} as const;

const plain = (text: string) => text.replaceAll(/\r\n?/g, '\n').trim().normalize('NFC');
const nasty = fc.constantFrom(
  'Zo\u0000e',
  'gnp.\u202Etxt',
  'A\u200Bda',
  '\u3164',
  'x'.repeat(3000),
  'not mail',
  ' Zoe\u0301 ',
  'a\r\nb',
);
const anything = fc.oneof(
  nasty,
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'binary' }),
  fc.emailAddress(),
  fc.jsonValue(),
);

/** Whether the quarantine file contains the value, in whole documents or in parts. */
const keeps = ({ quarantined }: Outcome, value: unknown) =>
  quarantined.some(({ content }) => JSON.stringify(content).includes(JSON.stringify(value)));

describe.each(Object.entries(texts))('%s', (_, { plan, rule, of }) => {
  it('obeys the product’s own rule, or is kept as it was', async () => {
    await fc.assert(
      fc.asyncProperty(anything, async (value) => {
        const outcome = await plan(value);
        const text = outcome.imported === undefined ? undefined : of(outcome.imported);
        const stands =
          typeof text === 'string' &&
          typeof value === 'string' &&
          text !== '' &&
          [plain(value), plain(value).toLowerCase()].includes(text);
        if (stands) expect(rule.safeParse(text)).toMatchObject({ data: text });
        // Only characters without meaning are lost.
        else if (value !== null && (typeof value !== 'string' || plain(value) !== ''))
          expect(keeps(outcome, value)).toBe(true);
      }),
    );
  });
});

describe('a text that breaks the rules', () => {
  it.each([
    ['a user’s name', userOf({ name: 'Zo\u0000e' }), ['text-unusable', 'name-missing']],
    ['a user’s name with signs that nobody sees', userOf({ name: 'A\u200Bda' }), ['text-cleaned']],
    ['a user’s name that is missing', userOf({ name: undefined }), ['name-missing']],
    [
      'a contact’s address',
      contactOf({ name: 'Cora', email: 'not mail' }),
      ['text-unusable', 'contact-incomplete'],
    ],
    ['a team’s description', teamOf({ description: 'x'.repeat(3000) }), ['text-unusable']],
    ['a log’s resource', logOf({ resource: { id: 1 } }), ['text-unusable', 'resource-missing']],
    ['a log’s resource that is missing', logOf({ resource: undefined }), ['resource-missing']],
    ['a log’s organization', logOf({ organizationId: 7 }), ['text-unusable', 'log-of-no-organization']],
    ['a status', planned({ organizations: [organization('one', { status: 7 })] }), ['status-unknown']],
    ['a log’s action', logOf({ action: 'team\u202Ecreate' }), ['document-invalid']],
  ])('is told of: %s', async (_, outcome, kinds) => {
    expect(kindsOf(await outcome)).toEqual(kinds);
  });
});
