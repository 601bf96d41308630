import { createWriteStream, globSync, mkdtempSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import { type LegacyTable, legacyTables } from '../../../domain/legacy/document.ts';
import { openExport } from '../../../infra/import/legacy-export.ts';

const sample = 'test/legacy/export';
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mtcms-legacy-'));
});

/** All lines of an export as `<table> <line> <document>`, and what it ignores. */
async function read(path: string, table?: LegacyTable) {
  const source = await openExport(path, table);
  const lines: string[] = [];
  for (const of of source.tables)
    for await (const { line, text } of source.lines(of)) lines.push(`${of} ${line} ${text}`);
  source.close();
  return { lines, ignored: source.ignored };
}

async function zip(files: Readonly<Record<string, string | Buffer>>): Promise<string> {
  const archive = new ZipFile();
  for (const [name, content] of Object.entries(files)) archive.addBuffer(Buffer.from(content), name);
  archive.end();
  const path = join(folder, 'export.zip');
  await pipeline(archive.outputStream, createWriteStream(path));
  return path;
}

const file = (content: string, name = 'export.jsonl'): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

describe('an export', () => {
  it('reads the same from a zip file as from its folder', async () => {
    const archive = new ZipFile();
    for (const path of globSync('**', { cwd: sample }))
      if (statSync(join(sample, path)).isFile()) archive.addFile(join(sample, path), path);
    archive.end();
    const packed = join(folder, 'sample.zip');
    await pipeline(archive.outputStream, createWriteStream(packed));
    const unpacked = await read(sample);
    expect(await read(packed)).toEqual(unpacked);
    expect(unpacked.lines).toHaveLength(38);
    expect(unpacked.ignored).toEqual(['_storage/', '_tables/', 'generated_schema.jsonl']);
  });

  it('in one file names the table of each line; a line that names none is not lost', async () => {
    const path = file(
      ['{"table":"teams","_id":"t1"}', 'no json', '', '{"_id":"x"}', '{"table":"kpis","_id":"k1"}'].join(
        '\n',
      ),
    );
    expect(await read(path)).toEqual({
      lines: ['organizations 2 no json', 'organizations 4 {"_id":"x"}', 'teams 1 {"_id":"t1"}'],
      ignored: ['table kpis (1 lines)'],
    });
  });

  it('of one table is named by the person who has it', async () => {
    expect((await read(file('{"_id":"t1"}\r\n{"_id":"t2"}'), 'teams')).lines).toEqual([
      'teams 1 {"_id":"t1"}',
      'teams 2 {"_id":"t2"}',
    ]);
  });

  it('counts stored files by their folder', async () => {
    const path = await zip({ 'users/documents.jsonl': '{}', '_storage/a.png': 'x', '_storage/b.png': 'x' });
    expect(await read(path)).toEqual({ lines: ['users 1 {}'], ignored: ['_storage/ (2 files)'] });
  });

  it('that is none is refused with what to look for', async () => {
    await expect(openExport(join(folder, 'nothing'), undefined)).rejects.toThrow('There is no');
    await expect(openExport(await zip({ 'readme.md': 'hello' }), undefined)).rejects.toThrow(
      legacyTables.map((table) => `${table}/documents.jsonl`).join(', '),
    );
    await expect(
      openExport(file('PK\u0003\u0004 and then nothing', 'broken.zip'), undefined),
    ).rejects.toThrow("can't be read as a zip file");
  });

  it('that inflates beyond reason is refused before it is read', async () => {
    const path = await zip({ 'users/documents.jsonl': Buffer.alloc(60_000_000, 'a') });
    await expect(read(path)).rejects.toThrow('would inflate');
  });

  it('with a line longer than any document is refused', async () => {
    const path = file(`{"table":"users","name":"${'x'.repeat(17_000_000)}`);
    await expect(read(path)).rejects.toThrow('line 1 is longer than');
  });
});
