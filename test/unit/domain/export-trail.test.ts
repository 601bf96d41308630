import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ShownAuditEntry } from '../../../domain/audit/audit.schema.ts';
import { exportFormats } from '../../../domain/audit/export-trail.ts';
import { csvCell } from '../../../domain/csv.ts';
import { newOrganizationId } from '../../../domain/ids.ts';

const entry: ShownAuditEntry = {
  id: 'e1',
  organizationId: newOrganizationId(new Date()),
  userId: 'user_1',
  actorName: '=HYPERLINK("https://evil.example","Ann")',
  role: 'org_admin',
  action: 'user.role-changed',
  resource: 'user/user_2',
  details: { before: { role: 'team_member' }, after: { role: 'team_leader' }, changed: ['role'] },
  changes: [
    { field: 'role', before: 'team_member', after: 'team_leader' },
    { field: 'phone', after: '+49 30' },
    { field: 'domains', before: ['a.example'] },
  ],
  timestamp: '2026-11-24T12:00:00.000Z',
  userAgent: 'says "hello",\r\nthen more',
  schemaVersion: 1,
};

/** Parses a line of quoted cells according to RFC 4180. */
const cellsOf = (line: string): string[] =>
  [...line.matchAll(/"((?:[^"]|"")*)"(?:,|\r\n$)/g)].map(([, cell = '']) => cell.replaceAll('""', '"'));

describe('a cell of a CSV file', () => {
  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '＝1', '＋1', '－1', '＠x'])(
    'that a spreadsheet would take for a formula is text: %j',
    (text) => {
      expect(csvCell(text)).toBe(`"'${text}"`);
    },
  );

  it('is read back as it was, whatever quotes, commas and line ends it has', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const [read] = cellsOf(`${csvCell(text)}\r\n`);
        expect([text, `'${text}`]).toContain(read);
        expect(read).not.toMatch(/^[=+\-@\t\r\n]/);
      }),
    );
  });
});

describe('an export', () => {
  it('as CSV says in words what changed, under names of the columns', () => {
    const { head, line } = exportFormats.csv;
    const [names, cells] = [cellsOf(head), cellsOf(line(entry))];
    const row = Object.fromEntries(names.map((name, index) => [name, cells[index]]));
    expect(cells).toHaveLength(names.length);
    expect(row).toMatchObject({
      time: entry.timestamp,
      'actor name': `'${entry.actorName}`,
      changes:
        'role: team_member → team_leader; phone: (nothing) → +49 30; domains: ["a.example"] → (nothing)',
      'user agent': entry.userAgent,
      'ip address': '',
    });
  });

  it('as CSV begins with the mark by which a spreadsheet knows UTF-8, as JSON lines with none', () => {
    expect(exportFormats.csv.head).toMatch(/^\uFEFF"time",/);
    expect(exportFormats.jsonl.head).toBe('');
  });

  it('as JSON lines holds whole entries, one a line', () => {
    const line = exportFormats.jsonl.line(entry);
    expect(line.trimEnd()).not.toContain('\n');
    expect(JSON.parse(line)).toEqual(entry);
  });
});
