import type * as z from 'zod/mini';
import { fieldErrorsOf } from '../../../../domain/field-errors.ts';
import {
  OrganizationChange,
  type OwnOrganization,
} from '../../../../domain/organization/organization.schema.ts';
import { type Problems, problemsOf } from '../../../components/form/problems.ts';

/** The stored settings. `externalId` and `metadata` are only for the platform. */
export interface Settings
  extends Pick<
    z.infer<typeof OwnOrganization>,
    'name' | 'contactPerson' | 'allowedDomains' | 'reminders' | 'revision'
  > {
  readonly externalId?: string | undefined;
  readonly metadata?: Readonly<Record<string, string>>;
}

/** The settings as form values; a list is a string with one item per line. */
export interface SettingsValues {
  readonly name: string;
  readonly externalId: string;
  readonly contactPerson: { readonly name: string; readonly email: string; readonly phone: string };
  readonly allowedDomains: string;
  /** Off without a language. */
  readonly reminders: { readonly language: string; readonly timeZone: string };
  readonly metadata: string;
}

export const settings = [
  'name',
  'externalId',
  'contactPerson',
  'allowedDomains',
  'reminders',
  'metadata',
] as const;
export type Setting = (typeof settings)[number];

/** The default: the time zone of the user who turns reminders on. */
const ownTimeZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Every time zone that this browser knows. */
export const timeZones = (): readonly string[] => ['UTC', ...Intl.supportedValuesOf('timeZone')];

export const valuesOf = ({
  name,
  externalId = '',
  contactPerson,
  allowedDomains,
  reminders,
  metadata = {},
}: Settings): SettingsValues => ({
  name,
  externalId,
  contactPerson: { name: contactPerson.name, email: contactPerson.email, phone: contactPerson.phone ?? '' },
  allowedDomains: allowedDomains.join('\n'),
  reminders: { language: reminders?.language ?? '', timeZone: reminders?.timeZone ?? ownTimeZone },
  metadata: Object.entries(metadata)
    .map(([fact, value]) => `${fact}: ${value}`)
    .join('\n'),
});

const linesOf = (text: string): string[] =>
  text
    .split(/[\r\n]+/)
    .map((line) => line.trim())
    .filter((line) => line !== '');

const factOf = (line: string): readonly [string, string] => {
  const colon = line.indexOf(':');
  return colon === -1 ? [line, ''] : [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
};

const inputOf: Readonly<Record<Setting, (values: SettingsValues) => unknown>> = {
  name: ({ name }) => name,
  externalId: ({ externalId }) => (externalId.trim() === '' ? null : externalId),
  contactPerson: ({ contactPerson: { name, email, phone } }) => ({
    name,
    email,
    ...(phone.trim() === '' ? {} : { phone }),
  }),
  allowedDomains: ({ allowedDomains }) => linesOf(allowedDomains),
  reminders: ({ reminders }) => (reminders.language === '' ? null : reminders),
  metadata: ({ metadata }) => Object.fromEntries(linesOf(metadata).map(factOf)),
};

/** The settings that differ between two versions. */
export const changedSettings = (before: SettingsValues, after: SettingsValues): readonly Setting[] =>
  settings.filter((setting) => JSON.stringify(before[setting]) !== JSON.stringify(after[setting]));

const changeInput = (values: SettingsValues, changed: readonly Setting[]): unknown =>
  Object.fromEntries(changed.map((setting) => [setting, inputOf[setting](values)]));

/** The change to send: only changed settings, so that others' changes aren't reverted. */
export const changeOf = (values: SettingsValues, changed: readonly Setting[]): OrganizationChange =>
  OrganizationChange.parse(changeInput(values, changed));

/** An error in one line belongs to the field with all lines. */
export const fieldOf = (path: string): string =>
  /^(?:contactPerson|reminders)/.test(path) ? path : (/^[^.[]+/.exec(path)?.[0] ?? path);

/** Validates the change, by field, with the API's own schema. */
export function checkSettings(values: SettingsValues, changed: readonly Setting[]): Problems {
  const { error } = OrganizationChange.safeParse(changeInput(values, changed));
  return problemsOf(fieldErrorsOf(error ?? { issues: [] }), fieldOf);
}

/**
 * A setting as text, for comparison.
 * @param beside the other version: identical contact fields are omitted
 */
export function wordsOf(values: SettingsValues, setting: Setting, beside: SettingsValues): string {
  if (setting === 'reminders') {
    const { language, timeZone } = values.reminders;
    return language === '' ? '' : `${language}, ${timeZone}`;
  }
  if (setting !== 'contactPerson') return values[setting];
  const other: Readonly<Record<string, string>> = beside.contactPerson;
  return Object.entries(values.contactPerson)
    .filter(([name, part]) => part !== '' && part !== other[name])
    .map(([, part]) => part)
    .join(', ');
}
