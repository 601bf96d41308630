import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AuditEntry } from '../../../../domain/audit/audit.schema.ts';
import { sha256 } from '../../../../domain/audit/sha256.ts';
import { canonical } from '../../../../domain/audit/tree/canonical.ts';
import { checkpointText, readCheckpointText } from '../../../../domain/audit/tree/checkpoint.ts';
import { fromBase64, toBase64 } from '../../../../domain/audit/tree/hash.ts';
import { entryHash, entryText, leafData, leafHash } from '../../../../domain/audit/tree/leaf.ts';
import { OrganizationId } from '../../../../domain/ids.ts';

const entry: AuditEntry = {
  id: 'e1',
  organizationId: OrganizationId.parse('org_01ARZ3NDEKTSV4RRFFQ69G5FAV'),
  userId: 'user_1',
  actorName: undefined,
  role: 'org_admin',
  action: 'team.updated',
  resource: 'team/team_1',
  details: { before: { name: 'Köln' }, after: { name: '東京', size: 1.5 }, changed: ['name'] },
  timestamp: '2026-11-30T10:00:00.000Z',
  schemaVersion: 1,
};

describe('the text of an entry', () => {
  it('is one, whatever the order of its fields, and leaves out what there isn’t', () => {
    const reversed = Object.fromEntries(Object.entries(entry).reverse());
    expect(canonical(reversed)).toBe(entryText(entry));
    expect(entryText(entry)).toBe(
      '{"action":"team.updated","details":{"after":{"name":"東京","size":1.5},"before":{"name":"Köln"},' +
        '"changed":["name"]},"id":"e1","organizationId":"org_01ARZ3NDEKTSV4RRFFQ69G5FAV",' +
        '"resource":"team/team_1","role":"org_admin","schemaVersion":1,' +
        '"timestamp":"2026-11-30T10:00:00.000Z","userId":"user_1"}',
    );
  });

  it('is what JSON reads as the same value', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue()), (value) => {
        expect(JSON.parse(canonical(value))).toEqual(JSON.parse(JSON.stringify(value)));
        expect(canonical(JSON.parse(canonical(value)))).toBe(canonical(value));
      }),
    );
  });

  it('is refused for half of a character, which would be stored as another one', () => {
    expect(() => canonical({ name: '\ud800' })).toThrow('surrogate');
  });
});

describe('a leaf', () => {
  const leaf = { kind: 'written', id: 'e1', sequence: 7, entry: entryHash(entry, sha256) } as const;

  it('is hashed as canonical JSON, with its expiry if it has one', () => {
    expect(leafData(leaf)).toBe(`{"entry":"${leaf.entry}","id":"e1","kind":"written","sequence":7}`);
    expect(leafData({ ...leaf, expiresAt: undefined })).toBe(leafData(leaf));
    expect(leafData({ ...leaf, expiresAt: 9 })).toContain('"expiresAt":9,"id"');
    const withdrawal = { kind: 'withdrawn', sequence: 8, from: 1, to: 5 } as const;
    expect(leafData(withdrawal)).toBe('{"from":1,"kind":"withdrawn","sequence":8,"to":5}');
  });

  it('has another hash with anything changed', () => {
    const changed = [
      { ...leaf, sequence: 8 },
      { ...leaf, kind: 'earlier' as const },
      { ...leaf, id: 'e2' },
      { ...leaf, expiresAt: 1 },
      { ...leaf, entry: entryHash({ ...entry, userId: 'user_2' }, sha256) },
    ];
    const hashes = [leaf, ...changed].map((one) => toBase64(leafHash(one, sha256)));
    expect(new Set(hashes).size).toBe(hashes.length);
  });
});

describe('a checkpoint’s text', () => {
  const root = sha256(new Uint8Array());
  const checkpoint = {
    origin: 'app.example/audit/org_1',
    size: 12,
    root,
    number: 3,
    time: '2026-11-30T10:00:00.000Z',
  };

  it('has the form of C2SP tlog-checkpoint, and is read back', () => {
    const text = checkpointText(checkpoint);
    expect(text).toBe(
      'app.example/audit/org_1\n12\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\nnumber 3\ntime 2026-11-30T10:00:00.000Z\n',
    );
    expect(readCheckpointText(text)).toEqual(checkpoint);
  });

  it('is nothing else', () => {
    const text = checkpointText(checkpoint);
    for (const other of [
      '',
      text.trimEnd(),
      `${text}more\n`,
      text.replace('\n12\n', '\n012\n'),
      text.replace('\n12\n', '\n-1\n'),
      text.replace('\n12\n', '\n9999999999999999\n'),
      // The same bytes, encoded differently.
      text.replace('uFU=', 'uFV='),
      text.replace('time ', 'at '),
      text.replace('number 3', 'number 0'),
    ])
      expect(readCheckpointText(other)).toBeNull();
  });

  it('has base64 of one spelling only', () => {
    expect(fromBase64('AA==')).toEqual(new Uint8Array([0]));
    for (const other of ['AB==', 'AA', 'AA=', '!', ' AA==']) expect(fromBase64(other)).toBeNull();
  });
});
