import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';
import type * as z from 'zod/mini';
import { OrganizationId } from '../../domain/ids.ts';
import { isDate } from './dates.ts';

type Parameters = Readonly<Record<string, string>>;

const longest = 200;

/**
 * Page state kept in the URL's search parameters: filters, the open tab, an open dialog. Values that aren't
 * strings or are too long are ignored.
 */
export const readAddress = (search: object): Parameters =>
  Object.fromEntries(
    Object.entries(search).filter(([, value]) => typeof value === 'string' && value.length <= longest),
  );

/** All search parameters of the current URL. */
export const useAddress = (): Parameters => readAddress(useSearch({ strict: false }));

/**
 * A value kept in the URL, so that it can be linked to and restored with the back button. Empty when
 * absent.
 */
export function useAddressParameter(name: string): readonly [string, (value: string) => void] {
  const given = useAddress();
  const navigate = useNavigate();
  const set = useCallback(
    (value: string) =>
      void navigate({
        to: '.',
        search: (previous) => ({ ...previous, [name]: value === '' ? undefined : value }),
        // Typing in a search field or opening a dialog shouldn't add a history entry.
        replace: name === 'search' || name === 'dialog',
      }),
    [navigate, name],
  );
  return [given[name] ?? '', set];
}

/**
 * A dialog that is opened through the URL, so that links can open it. Returns whether it is open, and
 * functions to open and close it.
 */
export function useAddressDialog(name: string) {
  const [shown, show] = useAddressParameter('dialog');
  return [shown === name, { open: () => show(name), close: () => show('') }] as const;
}

/** Sets several search parameters at once; empty values are removed. */
export function useSetAddress(): (values: Parameters) => void {
  const navigate = useNavigate();
  return (values) => {
    const given = Object.entries(values).map(([name, value]) => [name, value === '' ? undefined : value]);
    void navigate({ to: '.', search: (previous) => ({ ...previous, ...Object.fromEntries(given) }) });
  };
}

/** The start and end date from the URL; empty when missing or invalid. */
export function useAddressDates(): { readonly from: string; readonly to: string } {
  const [from] = useAddressParameter('from');
  const [to] = useAddressParameter('to');
  const dates = { from: isDate(from) ? from : '', to: isDate(to) ? to : '' };
  return dates.from !== '' && dates.to !== '' && dates.to < dates.from ? { from: '', to: '' } : dates;
}

/** The id with this name from the URL's path, or null when it is missing or malformed. */
export function useAddressId<Id extends z.ZodMiniType>(name: string, id: Id): z.output<Id> | null {
  const given: Readonly<Record<string, unknown>> = useParams({ strict: false });
  const parsed = id.safeParse(given[name]);
  return parsed.success ? parsed.data : null;
}

/** The organization id from the URL. */
export const useAddressOrganization = () => useAddressId('organizationId', OrganizationId);
