import { createWriteStream, globSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import { type LegacyTable, legacyTables } from '../../../domain/import/document.ts';
import { ImportProblem } from '../../../infra/import/import-problem.ts';
import { openExport } from '../../../infra/import/legacy-export.ts';

const sample = 'test/legacy/export';
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mtcms-legacy-'));
});

/** All lines of an export as `<table> <line> <document>`, and the ignored files. */
async function read(path: string, table?: LegacyTable) {
  const source = await openExport(path, table);
  const lines: string[] = [];
  for (const of of source.tables)
    for await (const { line, text } of source.lines(of)) lines.push(`${of} ${line} ${text}`);
  source.close();
  return { lines, ignored: source.ignored };
}

type Content = readonly (readonly [name: string, content: string | Buffer])[];

async function zip(
  files: Readonly<Record<string, string | Buffer>> | Content,
  options: { compress?: boolean } = {},
): Promise<string> {
  const archive = new ZipFile();
  const entries: Content = Array.isArray(files) ? files : Object.entries(files);
  for (const [name, content] of entries) archive.addBuffer(Buffer.from(content), name, options);
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
    expect(unpacked.ignored).toEqual([]);
  });

  it('as Convex streams it has nothing to remark but what else was in the product', async () => {
    const archive = new ZipFile();
    const entries = {
      'README.md': '# Welcome to your Convex snapshot export!',
      '_tables/documents.jsonl': '{"name":"users","id":10001}\n',
      'kpis/generated_schema.jsonl': '"any"\n',
      'kpis/documents.jsonl': '{"_id":"k1"}\n',
      'users/generated_schema.jsonl': '"any"\n',
      'users/documents.jsonl': '{"_id":"u1"}\n',
      '_storage/documents.jsonl': '',
      '_storage/kg2.png': 'x',
      '_components/mail/_tables/documents.jsonl': '',
      '_components/mail/users/documents.jsonl': '{"_id":"c1"}\n',
    };
    // Sizes that aren't known in advance: data descriptors.
    for (const [name, content] of Object.entries(entries))
      archive.addReadStream(Readable.from([content]), name);
    archive.end();
    const path = join(folder, 'snapshot.zip');
    await pipeline(archive.outputStream, createWriteStream(path));
    expect(await read(path)).toEqual({
      lines: ['users 1 {"_id":"u1"}'],
      ignored: ['_components/ (2 files)', '_storage/', 'kpis/'],
    });
  });

  it('is found in the one folder that it was packed in', async () => {
    const packed = {
      'legacy/users/documents.jsonl': '{"_id":"u1"}',
      'legacy/users/generated_schema.jsonl': '"any"',
      'legacy/kpis/documents.jsonl': '{}',
      'legacy/.DS_Store': 'x',
      '__MACOSX/legacy/._users': 'x',
    };
    const found = { lines: ['users 1 {"_id":"u1"}'], ignored: ['kpis/'] };
    expect(await read(await zip(packed))).toEqual(found);
    // A component's tables aren't ours, and two folders are ambiguous.
    await expect(
      openExport(await zip({ '_components/a/users/documents.jsonl': '{}' }), undefined),
    ).rejects.toThrow('holds none of');
    await expect(openExport(await zip({ ...packed, 'b/users.jsonl': '{}' }), undefined)).rejects.toThrow(
      'holds none of',
    );
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

const documents = 'users/documents.jsonl';
const content = Array.from(
  { length: 50 },
  (_, index) => `{"_id":"u${index}","name":"${'x'.repeat(index)}"}`,
).join('\n');

/** The same file with some bytes changed. */
function altered(path: string, change: (bytes: Buffer) => Buffer): string {
  writeFileSync(path, change(readFileSync(path)));
  return path;
}

/** Changes the central directory's entry of the only file. */
const inDirectory = (change: (entry: Buffer) => void) => (bytes: Buffer) => {
  change(bytes.subarray(bytes.lastIndexOf('PK\u0001\u0002')));
  return bytes;
};

describe('a damaged export', () => {
  it.each([
    {
      what: 'with a byte that isn’t what was packed',
      options: { compress: false },
      change: (bytes: Buffer) => Buffer.from(bytes.toString('latin1').replace('"u7"', '"u8"'), 'latin1'),
      says: `${documents} in`,
    },
    {
      what: 'with bytes that don’t inflate',
      change: (bytes: Buffer) => Buffer.from(bytes).fill(0xff, 70, 90),
      says: 'is damaged',
    },
    { what: 'that was cut off', change: (bytes: Buffer) => bytes.subarray(0, -30), says: 'as a whole' },
    {
      what: 'that misses its beginning',
      change: (bytes: Buffer) => Buffer.concat([bytes.subarray(0, 4), bytes.subarray(300)]),
      says: 'as a whole',
    },
    {
      what: 'that is longer than it claims',
      change: inDirectory((entry) => entry.writeUInt32LE(20, 24)),
      says: 'is damaged',
    },
    {
      what: 'compressed by Deflate64',
      change: inDirectory((entry) => entry.writeUInt16LE(9, 10)),
      says: 'is compressed by Deflate64, and only Deflate is read here',
    },
    {
      what: 'compressed by a method without a name',
      change: inDirectory((entry) => entry.writeUInt16LE(77, 10)),
      says: 'is compressed by method 77',
    },
    {
      what: 'that is encrypted',
      change: inDirectory((entry) => entry.writeUInt16LE(1, 8)),
      says: 'is encrypted',
    },
    {
      what: 'that names a place outside of it',
      change: (bytes: Buffer) =>
        Buffer.from(bytes.toString('latin1').replaceAll('users/doc', '../..//do'), 'latin1'),
      says: "can't be read as a zip file",
    },
  ])('$what is refused in words', async ({ change, says, options = {} }) => {
    const path = altered(await zip({ [documents]: content }, options), change);
    const refused = read(path);
    await expect(refused).rejects.toThrow(says);
    await expect(refused).rejects.toThrow(ImportProblem);
  });

  it('that holds a table twice is asked about', async () => {
    const path = await zip([
      [documents, '{"_id":"u1"}'],
      [documents, '{"_id":"u2"}'],
    ]);
    await expect(read(path)).rejects.toThrow(`holds ${documents} 2 times`);
  });

  const first = '{"name":"Ünïcode"}\n\n';
  it.each([
    {
      of: 'Latin-1',
      bytes: Buffer.concat([Buffer.from(first), Buffer.from('{"name":"Zoë"}', 'latin1')]),
      line: 3,
    },
    { of: 'half a character', bytes: Buffer.from(`${first}{"name":"Zoë`).subarray(0, -1), line: 3 },
    { of: 'UTF-16', bytes: Buffer.from(`\uFEFF${first}`, 'utf16le'), line: 1 },
  ])('of $of is refused with the line', async ({ bytes, line }) => {
    const path = join(folder, 'other.jsonl');
    writeFileSync(path, bytes);
    await expect(read(path, 'users')).rejects.toThrow(`${path}, line ${line} is not UTF-8`);
  });
});
