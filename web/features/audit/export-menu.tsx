import { Button, Group, Menu, Text } from '@mantine/core';
import { useState } from 'react';
import type { AuditFilter } from '../../../domain/audit/audit.schema.ts';
import type { OrganizationId } from '../../../domain/ids.ts';
import { auditRoutes } from '../../../functions/http/audit/routes.ts';
import { MenuItem } from '../../components/menu-item.tsx';
import { ErrorNotice, notify } from '../../components/notify.tsx';
import { useChange } from '../../lib/change.ts';
import { saveFile } from '../../lib/save-file.ts';
import { useSession } from '../../lib/session.tsx';
import { useTexts } from '../../text/language.tsx';

interface Props {
  readonly organizationId: OrganizationId;
  readonly filter: AuditFilter;
}

const types = { csv: 'text/csv', jsonl: 'application/jsonl' } as const;
type Format = keyof typeof types;

/** Saves the entries that the filters show as a file, part by part, and says how far it is. */
export function ExportMenu({ organizationId, filter }: Props) {
  const { file } = useSession();
  const { audit } = useTexts();
  const [kilobytes, setKilobytes] = useState(0);
  const exporting = useChange({
    mutationFn: async (format: Format) => {
      const parts: Blob[] = [];
      let cursor: string | undefined;
      do {
        const query = { ...filter, format, cursor };
        const part = await file(auditRoutes.exportAuditEntries, { params: { organizationId }, query });
        parts.push(part.blob);
        setKilobytes(Math.round(parts.reduce((sum, { size }) => sum + size, 0) / 1000));
        cursor = part.nextCursor ?? undefined;
      } while (cursor !== undefined);
      saveFile(parts, `audit-${organizationId}.${format}`, types[format]);
    },
    onSuccess: () => notify({ message: audit.exported }),
    onSettled: () => setKilobytes(0),
  });
  return (
    <Group gap="sm">
      <Menu>
        <Menu.Target>
          <Button variant="default" loading={exporting.isPending}>
            {audit.export}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <MenuItem onClick={() => exporting.mutate('csv')}>{audit.exportCsv}</MenuItem>
          <MenuItem onClick={() => exporting.mutate('jsonl')}>{audit.exportJson}</MenuItem>
        </Menu.Dropdown>
      </Menu>
      <Text size="sm" c="dimmed" role="status">
        {exporting.isPending && audit.exporting(kilobytes)}
      </Text>
      <ErrorNotice error={exporting.error} />
    </Group>
  );
}
