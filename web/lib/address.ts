import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';
import * as z from 'zod/mini';
import { OrganizationId } from '../../domain/ids.ts';

/** Names of what a page keeps in its address: filters, the tab, what is open. */
const parameters = [
  'search',
  'tab',
  'role',
  'status',
  'team',
  'plan',
  'sort',
  'direction',
  'metric',
  'by',
  'day',
  'from',
  'to',
  'actor',
  'action',
  'resource',
  'organization',
  'ends',
  'stage',
] as const;
export type AddressParameter = (typeof parameters)[number];

const text = z.catch(z.optional(z.string().check(z.maxLength(200))), undefined);

/**
 * The address parameters as a router's `validateSearch`: what is too long or no text is as good as absent.
 */
export const addressParameters = z.partialRecord(z.enum(parameters), text);

/**
 * A value that stands in the address, so that it can be linked to, and gone back to; empty when it isn't
 * there.
 */
export function useAddressParameter(name: AddressParameter): readonly [string, (value: string) => void] {
  const given = addressParameters.safeParse(useSearch({ strict: false })).data ?? {};
  const navigate = useNavigate();
  const set = useCallback(
    (value: string) =>
      void navigate({
        to: '.',
        search: (previous) => ({ ...previous, [name]: value === '' ? undefined : value }),
        // While one types each letter would be a step to go back.
        replace: name === 'search',
      }),
    [navigate, name],
  );
  return [given[name] ?? '', set];
}

/** Puts several values into the address at once; empty ones leave it. */
export function useSetAddress(): (values: Readonly<Partial<Record<AddressParameter, string>>>) => void {
  const navigate = useNavigate();
  return (values) => {
    const given = Object.entries(values).map(([name, value]) => [name, value === '' ? undefined : value]);
    void navigate({ to: '.', search: (previous) => ({ ...previous, ...Object.fromEntries(given) }) });
  };
}

/** Whether a text is a calendar date of a year that the API takes. */
export const isDate = (text: string): boolean =>
  /^(?:20\d\d|2100)-\d\d-\d\d$/.test(text) && new Date(`${text}T00:00Z`).toJSON()?.slice(0, 10) === text;

/** The first and the last day of the address; empty where there is none, or one that can't be. */
export function useAddressDates(): { readonly from: string; readonly to: string } {
  const [from] = useAddressParameter('from');
  const [to] = useAddressParameter('to');
  const dates = { from: isDate(from) ? from : '', to: isDate(to) ? to : '' };
  return dates.from !== '' && dates.to !== '' && dates.to < dates.from ? { from: '', to: '' } : dates;
}

/** The organization of the address, or null when what stands there can't be one. */
export function useAddressOrganization(): OrganizationId | null {
  const { organizationId } = useParams({ strict: false });
  const parsed = OrganizationId.safeParse(organizationId);
  return parsed.success ? parsed.data : null;
}
