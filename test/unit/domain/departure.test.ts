import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { fromJson, toJson } from '../../../domain/departure/export-format.schema.ts';
import { listersOf, ownNames } from '../../../domain/departure/partitions.ts';
import { addFile, closing, emptyZip, type ZipState } from '../../../domain/departure/zip-writer.ts';
import { itemKinds } from '../../../domain/nouns.ts';
import { presignedUrl } from '../../../functions/aws/presign.ts';
import { openZip } from '../../../infra/import/zip-export.ts';

const own = itemKinds.filter(({ key: [partition] }) => partition.startsWith('{organizationId}'));

describe('the partitions of an organization', () => {
  it.each(own.map((kind) => [kind.name, kind] as const))(
    'follow from the declaration of %s: what else stands in its key is listed somewhere',
    (_, { key: [partition], oneOf, isPlatforms }) => {
      const names = isPlatforms === undefined ? ownNames(partition) : [];
      expect(names.length).toBeLessThan(2);
      for (const name of names)
        expect(name === 'month' || oneOf?.[name] !== undefined || listersOf(name, itemKinds).length > 0).toBe(
          true,
        );
    },
  );
});

describe('a value in an export', () => {
  it('comes back as it was stored', () => {
    const stored = {
      a: new Set(['x', 'y']),
      b: new Uint8Array([0, 255]),
      c: [{ d: null }, 1.5, 'text'],
      e: {},
    };
    expect(fromJson(JSON.parse(JSON.stringify(toJson(stored))))).toEqual(stored);
  });
});

describe('a zip', () => {
  it('is read by others, also when it was gone on with in between', async () => {
    const parts: Buffer[] = [];
    let zip: ZipState = emptyZip;
    for (const [at, text] of ['one', '', 'zwölf – 十二', 'x'.repeat(100_000)].entries()) {
      const added = addFile(JSON.parse(JSON.stringify(zip)), `data/ü/${at}.jsonl`, Buffer.from(text));
      parts.push(added.bytes);
      zip = added.zip;
    }
    const path = join(mkdtempSync(join(tmpdir(), 'mtcms-zip-')), 'a.zip');
    writeFileSync(path, Buffer.concat([...parts, closing(zip)]));
    const read = await openZip(path);
    expect(read.paths).toEqual([0, 1, 2, 3].map((at) => `data/ü/${at}.jsonl`));
    expect(String(await buffer(await read.open('data/ü/2.jsonl')))).toBe('zwölf – 十二');
    expect(await buffer(await read.open('data/ü/3.jsonl'))).toHaveLength(100_000);
    read.close();
  });

  it('says where a file is beyond 4 GB in the form for large files', () => {
    const far = addFile({ offset: 5_000_000_000, entries: [] }, 'far', Buffer.from('far')).zip;
    const end = closing(far);
    expect(end.readBigUInt64LE(end.indexOf(Buffer.from([1, 0, 8, 0])) + 4)).toBe(5_000_000_000n);
    expect(end.subarray(-22).readUInt32LE(16)).toBe(0xffff_ffff);
  });
});

describe('an address of an object', () => {
  it('is signed as AWS signs it', () => {
    const url = new URL(
      presignedUrl({
        ...{
          bucket: 'exports',
          key: 'org_1/a b.zip',
          name: 'org_1.zip',
          seconds: 300,
          region: 'eu-central-1',
        },
        now: new Date('2026-11-24T12:00:00.000Z'),
        credentials: { accessKeyId: 'AKIA', secretAccessKey: 'secret', sessionToken: 'to/ken+' },
      }),
    );
    expect(url.origin + url.pathname).toBe('https://exports.s3.eu-central-1.amazonaws.com/org_1/a%20b.zip');
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      'X-Amz-Credential': 'AKIA/20261124/eu-central-1/s3/aws4_request',
      'X-Amz-Date': '20261124T120000Z',
      'X-Amz-Expires': '300',
      'X-Amz-Security-Token': 'to/ken+',
      'response-content-disposition': 'attachment; filename="org_1.zip"',
    });
    expect(url.searchParams.get('X-Amz-Signature')).toMatch(/^[0-9a-f]{64}$/);
  });
});
