import { Button, Group, Menu, Text } from '@mantine/core';
import IconDownload from '@tabler/icons-react/icons/IconDownload';
import { useState } from 'react';

import { MenuItem } from '../../components/menu-item.tsx';
import { ErrorNotice, notify } from '../../components/notify.tsx';
import { saveFile } from '../../lib/api.ts';
import { useChange } from '../../lib/change.ts';
import { useTexts } from '../../text/language.tsx';

const types = { csv: 'text/csv', jsonl: 'application/jsonl' } as const;
export type Format = keyof typeof types;

interface Part {
  readonly blob: Blob;
  readonly nextCursor: string | null;
}

interface Props {
  /** File name without extension. */
  readonly name: string;
  readonly read: (format: Format, cursor: string | undefined) => Promise<Part>;
}

/** Exports the filtered entries as a file, in parts, and shows the progress. */
export function ExportMenu({ name, read }: Props) {
  const { audit } = useTexts();
  const [kilobytes, setKilobytes] = useState(0);
  const exporting = useChange({
    mutationFn: async (format: Format) => {
      const parts: Blob[] = [];
      let cursor: string | undefined;
      do {
        const part = await read(format, cursor);
        parts.push(part.blob);
        setKilobytes(Math.round(parts.reduce((sum, { size }) => sum + size, 0) / 1000));
        cursor = part.nextCursor ?? undefined;
      } while (cursor !== undefined);
      saveFile(parts, `${name}.${format}`, types[format]);
    },
    onSuccess: () => notify({ message: audit.exported }),
    onSettled: () => setKilobytes(0),
  });
  return (
    <Group gap={0}>
      <Text size="sm" c="dimmed" role="status" me={exporting.isPending ? 'sm' : 0}>
        {exporting.isPending && audit.exporting(kilobytes)}
      </Text>
      <ErrorNotice error={exporting.error} />
      <Menu position="bottom-end" hideDetached={false}>
        <Menu.Target>
          <Button
            variant="default"
            leftSection={<IconDownload size={16} aria-hidden />}
            loading={exporting.isPending}
          >
            {audit.export}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <MenuItem onClick={() => exporting.mutate('csv')}>{audit.exportCsv}</MenuItem>
          <MenuItem onClick={() => exporting.mutate('jsonl')}>{audit.exportJson}</MenuItem>
        </Menu.Dropdown>
      </Menu>
    </Group>
  );
}
