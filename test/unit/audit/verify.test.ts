import { describe, expect, test } from 'vitest';
// biome-ignore lint/correctness/useImportExtensions: its types are in a file of their own
import { type Options, verify } from '../../../web/public/audit-verify.mjs';
import {
  type Fate,
  fileOf,
  honestTrail,
  pseudonym,
  recounted,
  signerNamed,
} from '../../support/proof-file.ts';

const kept = (count: number): Fate[] => Array.from({ length: count }, () => 'kept');
const run = (lines: readonly string[], options: Options = {}) => verify([fileOf(lines)], options);
const found = async (lines: readonly string[], options: Options = {}) =>
  (await run(lines, options)).findings.map(({ code, from, to }) =>
    from === undefined ? code : `${code} ${from}${to === from ? '' : `–${to}`}`,
  );

const trail = honestTrail({ fates: kept(20), checkpoints: [0, 5, 12] });
const { lines } = trail;
/** The position of an entry's line in the file. */
const placeOf = (sequence: number) => lines.findIndex((line) => line.includes(`"sequence":${sequence}}`));
const without = (at: number) => recounted(lines.toSpliced(at, 1));

describe('an honest file', () => {
  test('is verified', async () => {
    const { findings, facts } = await run(lines);
    expect(findings).toEqual([]);
    expect(facts).toMatchObject({ entries: 20, expired: 0, newest: { size: 20, number: 4 } });
  });

  test('tells what retention took, and what the undoing of an import took', async () => {
    const fates: Fate[] = ['expired', 'kept', 'imported', 'withdrawn', 'kept'];
    const { findings, facts } = await run(honestTrail({ fates }).lines);
    expect(findings).toEqual([]);
    expect(facts).toMatchObject({ entries: 3, expired: 1, withdrawn: 1 });
  });

  test('tells erased entries from edited ones: what is left of them is what a signed leaf says', async () => {
    const fates: Fate[] = ['kept', 'erased', 'kept', 'erased'];
    const { signer } = trail;
    const erased = honestTrail({ fates, signer });
    const { findings, facts } = await run(erased.lines);
    expect(findings).toEqual([]);
    expect(facts).toMatchObject({ entries: 4, erased: 2 });
    const seen = { checkpoints: erased.notes.map(({ note }) => note) };
    const changed = (at: number, what: string, by: string) =>
      erased.lines.map((line, place) => (place === at + 1 ? line.replace(what, by) : line));
    // Erased or not: either text may be shown, and nothing else.
    expect(await found(changed(1, '"role":"org_admin"', '"role":"super_admin"'), seen)).toEqual(['edited 1']);
    // An attacker hides a change behind the erasure of another entry.
    expect(await found(changed(2, 'user_1', pseudonym), seen)).toEqual(['edited 2']);
    // The leaf names the erased entry, and is itself signed.
    expect(await found(changed(4, '"of":1', '"of":2'), seen)).not.toEqual([]);
    // A change that doesn't replace an erased person isn't an erasure, even if the platform signs a leaf.
    const dishonest = honestTrail({ fates, signer, person: 'user_2' });
    expect(await found(dishonest.lines)).toEqual(['edited 1', 'edited 3']);
  });

  test('agrees with a checkpoint that was seen earlier, and with the key that was published', async () => {
    const checkpoints = trail.notes.map(({ note }) => note);
    expect(await found(lines, { checkpoints, key: trail.signer.vkey })).toEqual([]);
  });
});

describe('what somebody did to it is found and named', () => {
  test('an edited entry', async () => {
    const edited = lines.map((line) => line.replace('"id":"entry_7","org', '"id":"entry_8","org'));
    expect(await found(edited)).toEqual(['edited 7']);
  });

  test('an entry edited together with its leaf', async () => {
    const other = honestTrail({ fates: kept(20), signer: trail.signer, organizationId: 'org_1' });
    const leaf = other.lines[8]?.replace('"kind":"written"', '"kind":"earlier"') ?? '';
    expect(await found(lines.with(placeOf(7), leaf))).toEqual(['altered 5–11']);
  });

  test('a removed entry, by its line or by its text alone', async () => {
    expect(await found(without(placeOf(7)))).toEqual(['removed 7']);
    const bare = lines[placeOf(7)]?.replace(/^.*"leaf":/, '{"leaf":') ?? '';
    expect(await found(lines.with(placeOf(7), bare))).toEqual(['removed 7']);
  });

  test('reordered and doubled entries, and one that was inserted', async () => {
    const [a = '', b = ''] = [lines[placeOf(7)], lines[placeOf(8)]];
    expect(await found(lines.with(placeOf(7), b).with(placeOf(8), a))).toEqual(['reordered 7']);
    expect(await found(recounted(lines.toSpliced(placeOf(9), 0, a)))).toEqual(['doubled 7']);
    const made = a.replace('kpi.updated', 'kpi.deleted').replace('"entry":"', '"entry":"A');
    expect(await found(recounted(lines.toSpliced(placeOf(9), 0, made)))).toEqual(['inserted 7']);
  });

  test('entries of another organization, and its checkpoint', async () => {
    const foreign = honestTrail({ fates: kept(20), organizationId: 'org_2', signer: trail.signer });
    expect(await found(lines.with(placeOf(7), foreign.lines[8] ?? ''))).toContain('foreign 7');
    const theirs = foreign.lines.find((line) => line.startsWith('{"checkpoint"')) ?? '';
    expect(await found(lines.with(lines.length - 2, theirs))).toContain('foreign_checkpoint 20');
  });

  test('a cut file, and lines after its end', async () => {
    expect(await found(lines.slice(0, 9))).toContain('cut_file');
    expect(await found(lines.slice(0, -1))).toContain('cut_file');
    expect(await found(lines.toSpliced(9, 1))).toContain('cut_file');
    expect(await found([...lines, lines[8] ?? ''])).toContain('unreadable');
  });

  test('a cut tail, by a checkpoint that somebody has seen', async () => {
    const cut = recounted(lines.toSpliced(placeOf(12), lines.length - 1 - placeOf(12)));
    expect(await found(cut)).toEqual([]);
    expect(await found(cut, { checkpoints: [trail.notes.at(-1)?.note ?? ''] })).toEqual(['cut_tail 12–19']);
  });

  test('entries that no checkpoint covers, and a file without one', async () => {
    expect(await found(without(lines.length - 2))).toEqual(['unsigned 12–19']);
    const bare = lines.filter((line) => !line.startsWith('{"checkpoint"'));
    expect(await found(recounted(bare))).toEqual(['no_checkpoint']);
  });

  test('a history that the server has written anew, and a fork', async () => {
    const rewritten = honestTrail({
      fates: ['expired', ...kept(19)],
      checkpoints: [6],
      signer: trail.signer,
    });
    const [, five = { note: '' }] = trail.notes;
    expect(await found(rewritten.lines, { checkpoints: [five.note] })).toEqual(['rewritten 0–4']);
    const same = honestTrail({ fates: ['expired', ...kept(19)], checkpoints: [5], signer: trail.signer });
    expect(await found(same.lines, { checkpoints: [five.note] })).toContain('fork 5');
  });

  test('a checkpoint dropped, reordered, or signed by another key', async () => {
    const places = lines.flatMap((line, i) => (line.startsWith('{"checkpoint"') ? [i] : []));
    const [, first = 0, second = 0] = places;
    expect(await found(without(first))).toEqual(['dropped 12']);
    expect(await found(recounted(lines.toSpliced(second, 0, lines[first] ?? '')))).toEqual([
      'reordered_checkpoint 5',
    ]);
    const other = honestTrail({
      fates: kept(20),
      checkpoints: [0, 5, 12],
      signer: signerNamed('app.example.com/audit'),
    });
    expect(await found(lines.with(first, other.lines[first] ?? ''))).toContain('bad_signature 5');
    expect(await found(other.lines, { key: trail.signer.vkey })).toContain('wrong_key');
  });

  test('a part that an export leaves out without saying so', async () => {
    const { treeRoot } = await import('../../support/proof-file.ts');
    const hash = treeRoot(trail.hashes.slice(0, 4)).toString('base64');
    const shorter = recounted([
      lines[0] ?? '',
      `{"node":{"from":0,"hash":"${hash}","level":2}}`,
      ...lines.slice(placeOf(4)),
    ]);
    expect(await found(shorter)).toEqual(['left_out 0–3']);
    const said = shorter.with(0, (lines[0] ?? '').replace('"key"', '"from":"2026-11-01","key"'));
    const { findings, facts } = await run(said);
    expect(findings).toEqual([]);
    expect(facts).toMatchObject({ entries: 16, leftOut: [{ from: 0, to: 3 }] });
  });
});
