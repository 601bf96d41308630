import { createPublicKey } from 'node:crypto';
import { RFC9162 } from '@transmute/rfc9162';
import { describe, expect, test } from 'vitest';
// biome-ignore lint/correctness/useImportExtensions: its types are in a file of their own
import { readCheckpoint, verify } from '../../../web/public/audit-verify.mjs';
import {
  canonical,
  honestTrail,
  inclusionProof,
  noteText,
  signerNamed,
  treeRoot,
} from '../../support/proof-file.ts';

const trail = honestTrail({ fates: Array.from({ length: 13 }, () => 'kept' as const) });
const leaves = trail.entries.map(({ leaf }) => new TextEncoder().encode(leaf));

/** An entry's receipt, with a proof created by another implementation of RFC 9162. */
const receiptOf = async (sequence: number) => {
  const proof = await RFC9162.inclusionProof(leaves[sequence] ?? new Uint8Array(), leaves);
  return {
    'audit-receipt': 1,
    checkpoint: trail.notes.at(-1)?.note ?? '',
    entry: trail.entries[sequence]?.entry,
    key: trail.signer.vkey,
    leaf: JSON.parse(trail.entries[sequence]?.leaf ?? ''),
    proof: proof.inclusion_path.map((hash) => Buffer.from(hash).toString('base64')),
  };
};
const verifyReceipt = (receipt: object) => verify([Buffer.from(JSON.stringify(receipt))]);

describe('RFC 9162, by a second implementation', () => {
  test('has the same roots and proofs', async () => {
    expect(RFC9162.binToHex(await RFC9162.treeHead(leaves))).toBe(treeRoot(trail.hashes).toString('hex'));
    for (const [i, leaf] of leaves.entries()) {
      const { inclusion_path } = await RFC9162.inclusionProof(leaf, leaves);
      expect(inclusion_path.map(RFC9162.binToHex)).toEqual(
        inclusionProof(i, trail.hashes).map((hash) => hash.toString('hex')),
      );
    }
  });

  test('makes receipts that the verifier accepts, for each entry', async () => {
    for (const sequence of leaves.keys())
      expect((await verifyReceipt(await receiptOf(sequence))).findings).toEqual([]);
  });

  test('a receipt of something else is refused', async () => {
    const [receipt, next] = await Promise.all([4, 5].map(receiptOf));
    if (receipt === undefined || next === undefined) throw new Error('no receipts');
    const codes = async (change: object) =>
      (await verifyReceipt({ ...receipt, ...change })).findings.map(({ code }) => code);
    expect(await codes({ entry: { ...receipt.entry, role: 'super_admin' } })).toEqual(['edited']);
    expect(await codes({ leaf: next.leaf, entry: next.entry })).toEqual(['not_included']);
    expect(await codes({ leaf: { ...receipt.leaf, sequence: 5 } })).toEqual(['not_included']);
    expect(await codes({ proof: receipt.proof.slice(1) })).toEqual(['not_included']);
    expect(await codes({ proof: 'none' })).toEqual(['unreadable']);
    expect(await codes({ checkpoint: receipt.checkpoint.replace('number 1', 'number 2') })).toEqual([
      'bad_signature',
    ]);
    expect(await codes({ entry: { ...receipt.entry, organizationId: 'org_2' } })).toContain('foreign');
  });
});

describe('c2sp.org/signed-note and tlog-checkpoint', () => {
  const foo = 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k';
  const signed = [
    'This is an example message.',
    '',
    '— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=',
  ];

  test('the published key is read, and a note that isn’t a checkpoint is refused', async () => {
    const root = Buffer.alloc(32).toString('base64');
    const note = (text: string) => `${text}\n${signed.slice(1).join('\n')}\n`;
    expect(await readCheckpoint(note(`example.com/foo\n1\n${root}`), foo)).toMatchObject({ isSigned: false });
    await expect(readCheckpoint(note('This is an example message.'), foo)).rejects.toThrow('no checkpoint');
    await expect(readCheckpoint(note(`x\n01\n${root}`), foo)).rejects.toThrow('no checkpoint');
  });

  test('a key whose id isn’t its own is refused', async () => {
    for (const wrong of [foo.replace('530d', '530e'), foo.replace('+Ae', '+Be'), 'foo', ''])
      await expect(readCheckpoint(trail.notes[0]?.note ?? '', wrong)).rejects.toThrow('no key');
  });

  test('signatures of other keys are passed over', async () => {
    const origin = 'app.example.com/audit/org_1';
    const text = noteText({
      origin,
      size: 1,
      root: Buffer.alloc(32).toString('base64'),
      number: 1,
      time: 'now',
    });
    const [one, two] = [signerNamed('one.example'), signerNamed('two.example')];
    const both = `${one.sign(text)}${two.sign(text).slice(text.length + 1)}`;
    for (const { vkey } of [one, two])
      expect(await readCheckpoint(both, vkey)).toMatchObject({ isSigned: true, size: 1, number: 1 });
    expect(await readCheckpoint(both, signerNamed('one.example').vkey)).toMatchObject({ isSigned: false });
  });

  test('the published note is signed by the published key', async () => {
    const [, , data = ''] = foo.split('+');
    const key = Buffer.from(data, 'base64').subarray(1);
    const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), key]);
    const publicKey = createPublicKey({ key: spki, format: 'der', type: 'spki' });
    const { verify: check } = await import('node:crypto');
    const signature = Buffer.from(signed[2]?.split(' ')[2] ?? '', 'base64').subarray(4);
    expect(check(null, Buffer.from(`${signed[0]}\n`), publicKey, signature)).toBe(true);
    expect(canonical({ b: 1, a: [true, null] })).toBe('{"a":[true,null],"b":1}');
  });
});
