import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';
import type * as z from 'zod/mini';
import { OrganizationId } from '../../domain/ids.ts';
import { isDate } from './dates.ts';

type Parameters = Readonly<Record<string, string>>;

const longest = 200;

/**
 * What a page keeps in its address: filters, the tab, what is open. What is too long or no text is as good as
 * absent.
 */
export const readAddress = (search: object): Parameters =>
  Object.fromEntries(
    Object.entries(search).filter(([, value]) => typeof value === 'string' && value.length <= longest),
  );

/** All that stands in the address. */
export const useAddress = (): Parameters => readAddress(useSearch({ strict: false }));

/**
 * A value that stands in the address, so that it can be linked to, and gone back to; empty when it isn't
 * there.
 */
export function useAddressParameter(name: string): readonly [string, (value: string) => void] {
  const given = useAddress();
  const navigate = useNavigate();
  const set = useCallback(
    (value: string) =>
      void navigate({
        to: '.',
        search: (previous) => ({ ...previous, [name]: value === '' ? undefined : value }),
        // Neither each letter that is typed nor a dialog is a step to go back.
        replace: name === 'search' || name === 'dialog',
      }),
    [navigate, name],
  );
  return [given[name] ?? '', set];
}

/**
 * A dialog that is opened by the address, so that a link leads into it: whether it is open, and how to open
 * and close it.
 */
export function useAddressDialog(name: string) {
  const [shown, show] = useAddressParameter('dialog');
  return [shown === name, { open: () => show(name), close: () => show('') }] as const;
}

/** Puts several values into the address at once; empty ones leave it. */
export function useSetAddress(): (values: Parameters) => void {
  const navigate = useNavigate();
  return (values) => {
    const given = Object.entries(values).map(([name, value]) => [name, value === '' ? undefined : value]);
    void navigate({ to: '.', search: (previous) => ({ ...previous, ...Object.fromEntries(given) }) });
  };
}

/** The first and the last day of the address; empty where there is none, or one that can't be. */
export function useAddressDates(): { readonly from: string; readonly to: string } {
  const [from] = useAddressParameter('from');
  const [to] = useAddressParameter('to');
  const dates = { from: isDate(from) ? from : '', to: isDate(to) ? to : '' };
  return dates.from !== '' && dates.to !== '' && dates.to < dates.from ? { from: '', to: '' } : dates;
}

/** The id of that name in the address, or null when what stands there can't be one. */
export function useAddressId<Id extends z.ZodMiniType>(name: string, id: Id): z.output<Id> | null {
  const given: Readonly<Record<string, unknown>> = useParams({ strict: false });
  const parsed = id.safeParse(given[name]);
  return parsed.success ? parsed.data : null;
}

/** The organization of the address. */
export const useAddressOrganization = () => useAddressId('organizationId', OrganizationId);
