import { Button, Menu } from '@mantine/core';
import IconDownload from '@tabler/icons-react/icons/IconDownload';
import { useNavigate } from '@tanstack/react-router';
import type { AuditFilter } from '../../../domain/audit/audit.schema.ts';
import { MenuItem } from '../../components/menu-item.tsx';
import { useTexts } from '../../text/language.tsx';
import type { Format } from './export-menu.tsx';

const reachMs = 30 * 86_400_000;

/** The filter with its period, which an approval fixes: without dates it is that of the feed until now. */
function withPeriod(filter: AuditFilter): [string, string][] {
  const now = Date.now();
  const period = { from: new Date(now - reachMs).toISOString(), to: new Date(now).toISOString() };
  return Object.entries({ ...period, ...filter }).map(([name, value]) => [name, value ?? '']);
}

/** The way to an export of all organizations' entries, which another super admin has to approve. */
export function RequestExport({ filter }: { readonly filter: AuditFilter }) {
  const { audit } = useTexts();
  const navigate = useNavigate();
  const request = (format: Format) => {
    const asked = new URLSearchParams([['dialog', 'export'], ['format', format], ...withPeriod(filter)]);
    void navigate({ href: `/admin/approvals?${asked}` });
  };
  return (
    <Menu position="bottom-end" hideDetached={false}>
      <Menu.Target>
        <Button variant="default" leftSection={<IconDownload size={16} aria-hidden />}>
          {audit.export}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{audit.needsApproval}</Menu.Label>
        <MenuItem onClick={() => request('csv')}>{audit.exportCsv}</MenuItem>
        <MenuItem onClick={() => request('jsonl')}>{audit.exportJson}</MenuItem>
      </Menu.Dropdown>
    </Menu>
  );
}
