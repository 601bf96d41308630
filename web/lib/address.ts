import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';
import { OrganizationId } from '../../domain/ids.ts';

type Parameter = 'search' | 'tab';

/** A value that stands in the address, so that it can be linked to, and gone back to; empty when it isn't there. */
export function useAddressParameter(name: Parameter): readonly [string, (value: string) => void] {
  const parameters: Partial<Record<Parameter, string>> = useSearch({ strict: false });
  const navigate = useNavigate();
  const set = useCallback(
    (value: string) =>
      void navigate({
        to: '.',
        search: { [name]: value === '' ? undefined : value },
        // While one types each letter would be a step to go back.
        replace: name === 'search',
      }),
    [navigate, name],
  );
  return [parameters[name] ?? '', set];
}

/** The organization of the address, or null when what stands there can't be one. */
export function useAddressOrganization(): OrganizationId | null {
  const { organizationId } = useParams({ strict: false });
  const parsed = OrganizationId.safeParse(organizationId);
  return parsed.success ? parsed.data : null;
}
