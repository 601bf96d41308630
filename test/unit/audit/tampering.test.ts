import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
// biome-ignore lint/correctness/useImportExtensions: its types are in a file of their own
import { verify } from '../../../web/public/audit-verify.mjs';
import {
  canonical,
  type Fate,
  fileOf,
  type HonestTrail,
  honestTrail,
  recounted,
  sha256,
  signerNamed,
} from '../../support/proof-file.ts';

const signer = signerNamed('app.example.com/audit');
const fate = fc.constantFrom<Fate>('kept', 'kept', 'kept', 'expired', 'imported', 'withdrawn', 'erased');
const shape = fc.record({
  fates: fc.array(fate, { minLength: 1, maxLength: 24 }),
  checkpoints: fc.uniqueArray(fc.nat(20), { maxLength: 5 }).map((sizes) => sizes.toSorted((a, b) => a - b)),
});

/** The logs to manipulate: each with a different number of leaves, different checkpoints and gaps. */
const trails = fc.sample(shape, { numRuns: 60, seed: 6962 }).map((one) => honestTrail({ ...one, signer }));
const foreign = honestTrail({ fates: ['kept', 'kept', 'expired'], organizationId: 'org_2', signer });

/** A manipulator's input: a log's lines, and random numbers. */
interface Attempt {
  readonly trail: HonestTrail;
  readonly at: number;
  readonly other: number;
}
type Manipulation = (attempt: Attempt) => readonly string[];

/** A line between the header and the end. */
const inner = ({ lines }: HonestTrail, number: number) => 1 + (number % Math.max(1, lines.length - 2));
const lineAt = (trail: HonestTrail, at: number) => trail.lines[at] ?? '';

/** A changed entry with a matching leaf, as an attacker with access to the table would write it. */
function rewrite(line: string): string {
  const { entry, leaf } = JSON.parse(line);
  if (entry === undefined) return line;
  const changed = { ...entry, userId: 'user_2' };
  const hash = sha256(canonical(changed)).toString('base64');
  return `{"entry":${canonical(changed)},"leaf":${canonical({ ...leaf, entry: hash })}}`;
}

const manipulations: Readonly<Record<string, Manipulation>> = {
  'a line is taken out': ({ trail, at }) => recounted(trail.lines.toSpliced(inner(trail, at), 1)),
  'some lines are taken out': ({ trail, at, other }) =>
    recounted([...trail.lines.slice(0, -1).toSpliced(inner(trail, at), 1 + (other % 5)), '']),
  'a line is doubled': ({ trail, at, other }) =>
    recounted(trail.lines.toSpliced(inner(trail, other), 0, lineAt(trail, inner(trail, at)))),
  'two lines change places': ({ trail, at, other }) => {
    const [a, b] = [inner(trail, at), inner(trail, other)];
    return trail.lines.with(a, lineAt(trail, b)).with(b, lineAt(trail, a));
  },
  'an entry is taken out of its line': ({ trail, at }) => {
    const place = inner(trail, at);
    return trail.lines.with(place, lineAt(trail, place).replace(/^\{"entry":.*,"leaf":/, '{"leaf":'));
  },
  'an entry is edited': ({ trail, at }) => {
    const place = inner(trail, at);
    return trail.lines.with(
      place,
      lineAt(trail, place).replace('"role":"org_admin"', '"role":"super_admin"'),
    );
  },
  'an entry is edited with its leaf': ({ trail, at }) => {
    const place = inner(trail, at);
    return trail.lines.with(place, rewrite(lineAt(trail, place)));
  },
  'a removed entry is made to look expired': ({ trail, at }) => {
    const place = inner(trail, at);
    const line = lineAt(trail, place).replace(/^\{"entry":.*,"leaf":/, '{"leaf":');
    return trail.lines.with(place, line.replace(/"expiresAt":\d+/, '"expiresAt":1'));
  },
  'another organization’s line comes in': ({ trail, at, other }) =>
    recounted(trail.lines.toSpliced(inner(trail, at), other % 2, lineAt(foreign, inner(foreign, other)))),
  'the header names another organization': ({ trail }) =>
    trail.lines.with(0, lineAt(trail, 0).replaceAll('org_1', 'org_2')),
};

const asked = ({ notes }: HonestTrail) => ({
  key: signer.vkey,
  // The browser remembers the newest checkpoint that it has seen.
  checkpoints: [notes.at(-1)?.note ?? ''],
});

describe('of thousands of manipulations', () => {
  test.each(Object.entries(manipulations))('none is unnoticed: %s', async (_, manipulate) => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...trails), fc.nat(), fc.nat(), async (trail, at, other) => {
        const lines = manipulate({ trail, at, other });
        fc.pre(lines.join('\n') !== trail.lines.join('\n'));
        const { findings } = await verify([fileOf(lines)], asked(trail));
        expect(findings).not.toEqual([]);
      }),
      { numRuns: 400 },
    );
  });

  test('none is unnoticed: any byte below the header becomes another', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...trails), fc.nat(), fc.nat(254), async (trail, place, by) => {
        const bytes = fileOf(trail.lines);
        const head = Buffer.byteLength(trail.lines[0] ?? '');
        const at = head + (place % (bytes.length - 1 - head));
        bytes[at] = ((bytes[at] ?? 0) + 1 + by) % 256;
        const { findings } = await verify([bytes], asked(trail));
        expect(findings).not.toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });

  test('none is reported on honest files, however they come in', async () => {
    await fc.assert(
      fc.asyncProperty(shape, fc.integer({ min: 1, max: 500 }), async (one, step) => {
        const trail = honestTrail({ ...one, signer });
        const bytes = fileOf(trail.lines);
        const chunks = Array.from({ length: Math.ceil(bytes.length / step) }, (_, i) =>
          bytes.subarray(i * step, (i + 1) * step),
        );
        const checkpoints = trail.notes.map(({ note }) => note);
        expect((await verify(chunks, { key: signer.vkey, checkpoints })).findings).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});

describe('whatever it is fed, the verifier answers', () => {
  test('a file that was cut at any byte is one that was cut', async () => {
    const trail = honestTrail({
      fates: ['kept', 'expired', 'imported', 'withdrawn', 'erased'],
      checkpoints: [2],
      signer,
    });
    const bytes = fileOf(trail.lines);
    for (let length = 0; length < bytes.length - 1; length += 1)
      expect((await verify([bytes.subarray(0, length)])).findings, `${length} bytes`).not.toEqual([]);
  });

  test('garbage, and what only looks like a proof file', async () => {
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.json(), fc.constant('{"audit-receipt":1}'));
    const line = fc.oneof(
      text,
      text.map((value) => `{"entry":${value},"leaf":{"sequence":0}}`),
      fc.json().map((value) => `{"leaf":${value}}`),
      fc.json().map((value) => `{"node":${value}}`),
      fc.json().map((value) => `{"checkpoint":${value}}`),
      fc.json().map((value) => `{"round":${value}}`),
      fc.json().map((value) => `{"end":${value}}`),
    );
    const [head = ''] = trails[0]?.lines ?? [];
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 4 }), fc.boolean(), async (lines, isHeaded) => {
        const { findings } = await verify([fileOf(isHeaded ? [head, ...lines] : lines)]);
        expect(findings).not.toEqual([]);
      }),
      { numRuns: 1000 },
    );
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
        expect((await verify([bytes])).findings).toMatchObject([{ code: 'unreadable' }]);
      }),
      { numRuns: 500 },
    );
  });
});
