import { Button, Group, Text } from '@mantine/core';
import { useRef, useState } from 'react';
import { csvHead, csvLine } from '../../../../domain/csv.ts';
import type { ListedOrganization } from '../../../../domain/organization/organization.schema.ts';
import { organizationsRoutes } from '../../../../functions/http/organization/platform-routes.ts';
import { ErrorNotice, notify } from '../../../components/notify.tsx';
import type { CallApi } from '../../../lib/api.ts';
import { saveFile } from '../../../lib/api.ts';
import { useChange } from '../../../lib/change.ts';
import { useSession } from '../../../lib/session.tsx';
import { useFormats, useTexts } from '../../../text/language.tsx';
import type { OrganizationFilter } from '../queries.ts';

const cells: Readonly<Record<string, (organization: ListedOrganization) => string>> = {
  id: ({ id }) => id,
  name: ({ name }) => name,
  'external id': ({ externalId }) => externalId ?? '',
  status: ({ status }) => status,
  'suspended because': ({ inactiveReason }) => inactiveReason ?? '',
  plan: ({ subscription }) => subscription.plan,
  'plan start': ({ subscription }) => subscription.startDate,
  'plan end': ({ subscription }) => subscription.endDate ?? '',
  users: ({ counts }) => String(counts.users),
  'open invitations': ({ counts }) => String(counts.pendingInvitations),
  teams: ({ counts }) => String(counts.teams),
  kpis: ({ counts }) => String(counts.kpis),
  'last activity': ({ lastActivityOn }) => lastActivityOn,
  'contact name': ({ contactPerson }) => contactPerson.name,
  'contact e-mail': ({ contactPerson }) => contactPerson.email,
  'contact phone': ({ contactPerson }) => contactPerson.phone ?? '',
  created: ({ createdAt }) => createdAt,
};

const pageRows = 100;
const mediaType = 'text/csv';

interface Reading {
  readonly filter: OrganizationFilter;
  readonly signal: AbortSignal;
  readonly onRead: (rows: number) => void;
}

/** Every organization that a filter lets through, as a table: page after page. */
async function readAsCsv(api: CallApi, { filter, signal, onRead }: Reading) {
  const lines = [csvHead(Object.keys(cells))];
  let rows = 0;
  let cursor: string | undefined;
  do {
    const query = { ...filter, cursor, limit: pageRows };
    const page = await api(organizationsRoutes.listOrganizations, { query, signal });
    for (const one of page.items) lines.push(csvLine(Object.values(cells).map((cell) => cell(one))));
    rows += page.items.length;
    onRead(rows);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return { rows, file: new Blob(lines, { type: mediaType }) };
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
      const read = await readAsCsv(api, { filter, signal: stopper.current.signal, onRead: setRows });
      saveFile([read.file], `organizations-${new Date().toISOString().slice(0, 10)}.csv`, mediaType);
      return read.rows;
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
