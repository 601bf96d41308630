import { Button, Group, Text } from '@mantine/core';
import { useRef, useState } from 'react';
import type { ListedOrganization } from '../../../../domain/organization/organization.schema.ts';
import { organizationsRoutes } from '../../../../functions/http/organization/platform-routes.ts';
import { ErrorNotice, notify } from '../../../components/notify.tsx';
import type { CallApi } from '../../../lib/api.ts';
import { useChange } from '../../../lib/change.ts';
import { useSession } from '../../../lib/session.tsx';
import { useFormats, useTexts } from '../../../text/language.tsx';
import type { OrganizationFilter } from '../queries.ts';
import { saveOrganizations } from './organizations-csv.ts';

const pageRows = 100;

interface Reading {
  readonly filter: OrganizationFilter;
  readonly signal: AbortSignal;
  readonly onRead: (rows: number) => void;
}

/** Every organization that a filter lets through, page after page. */
async function readAll(api: CallApi, { filter, signal, onRead }: Reading): Promise<ListedOrganization[]> {
  const all: ListedOrganization[] = [];
  let cursor: string | undefined;
  do {
    const query = { ...filter, cursor, limit: pageRows };
    const page = await api(organizationsRoutes.listOrganizations, { query, signal });
    all.push(...page.items);
    onRead(all.length);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return all;
}

const wasStopped = (error: Error | null) => error instanceof DOMException && error.name === 'AbortError';

/**
 * Saves what the filters show, all of it, as a table for spreadsheets; says how far it is, and can be
 * stopped.
 */
export function SaveCsv({ filter }: { readonly filter: OrganizationFilter }) {
  const { api } = useSession();
  const { organizations } = useTexts();
  const { number } = useFormats();
  const [rows, setRows] = useState(0);
  const stopper = useRef(new AbortController());
  const saving = useChange({
    mutationFn: async () => {
      stopper.current = new AbortController();
      const all = await readAll(api, { filter, signal: stopper.current.signal, onRead: setRows });
      saveOrganizations(all);
      return all.length;
    },
    onSuccess: (saved) => notify({ message: organizations.saved(number(saved)) }),
    onSettled: () => setRows(0),
  });
  return (
    <Group gap={saving.isPending ? 'sm' : 0}>
      <Button variant="default" loading={saving.isPending} onClick={() => saving.mutate()}>
        {organizations.saveCsv}
      </Button>
      {saving.isPending && (
        <Button variant="subtle" onClick={() => stopper.current.abort()}>
          {organizations.stop}
        </Button>
      )}
      <Text size="sm" c="dimmed" role="status">
        {saving.isPending && organizations.reading(number(rows))}
      </Text>
      <ErrorNotice error={wasStopped(saving.error) ? null : saving.error} />
    </Group>
  );
}
