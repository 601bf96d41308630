import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import canonicalize from 'canonicalize';

/**
 * RFC 6962 as defined, recursively: slow, and independent of the product's and the verifier's
 * implementations.
 */
export const sha256 = (...parts: readonly (string | Uint8Array)[]): Buffer =>
  parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();
const leafHash = (data: string): Buffer => sha256(Uint8Array.of(0), data);
const nodeHash = (left: Buffer, right: Buffer): Buffer => sha256(Uint8Array.of(1), left, right);
const split = (size: number): number => 2 ** (Math.ceil(Math.log2(size)) - 1);

export function treeRoot(leaves: readonly Buffer[]): Buffer {
  const [first] = leaves;
  if (first === undefined) return sha256('');
  if (leaves.length === 1) return first;
  const at = split(leaves.length);
  return nodeHash(treeRoot(leaves.slice(0, at)), treeRoot(leaves.slice(at)));
}

/** RFC 6962, 2.1.1. */
export function inclusionProof(index: number, leaves: readonly Buffer[]): Buffer[] {
  if (leaves.length <= 1) return [];
  const at = split(leaves.length);
  const [left, right] = [leaves.slice(0, at), leaves.slice(at)];
  return index < at
    ? [...inclusionProof(index, left), treeRoot(right)]
    : [...inclusionProof(index - at, right), treeRoot(left)];
}

export const canonical = (value: unknown): string => canonicalize(value) ?? '';
const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

/** A signer of notes. */
export interface Signer {
  readonly vkey: string;
  readonly sign: (text: string) => string;
}

export function signerNamed(name: string): Signer {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  return signerOf(name, publicKey, privateKey);
}

/** Formatted according to c2sp.org/signed-note. */
function signerOf(name: string, publicKey: KeyObject, privateKey: KeyObject): Signer {
  const key = Buffer.concat([
    Uint8Array.of(1),
    publicKey.export({ format: 'der', type: 'spki' }).subarray(-32),
  ]);
  const id = sha256(`${name}\n`, key).subarray(0, 4);
  return {
    vkey: `${name}+${id.toString('hex')}+${base64(key)}`,
    sign: (text) =>
      `${text}\n— ${name} ${base64(Buffer.concat([id, sign(null, Buffer.from(text), privateKey)]))}\n`,
  };
}

export interface CheckpointFacts {
  readonly origin: string;
  readonly size: number;
  readonly root: string;
  readonly number: number;
  readonly time: string;
}

export const noteText = ({ origin, size, root, number, time }: CheckpointFacts): string =>
  `${origin}\n${size}\n${root}\nnumber ${number}\ntime ${time}\n`;

const exportedAt = '2026-11-30T12:00:00.000Z';
const host = 'app.example.com';
const day = 86_400;

/** The fate of an entry in a test's audit log. */
export type Fate = 'kept' | 'expired' | 'imported' | 'withdrawn' | 'erased';

/** The pseudonym of the erased user. */
export const pseudonym = 'user_erased_0123456789abcdef';

interface TrailShape {
  readonly organizationId?: string;
  readonly fates: readonly Fate[];
  /** The replacement in erased entries: a dishonest platform would write another user. */
  readonly person?: string;
  /** The sizes at which it was signed, ascending. The whole log is always signed. */
  readonly checkpoints?: readonly number[];
  readonly signer?: Signer;
}

const entryOf = (organizationId: string, sequence: number) => ({
  id: `entry_${sequence}`,
  organizationId,
  userId: 'user_1',
  role: 'org_admin',
  action: 'kpi.updated',
  resource: `kpi/kpi_${sequence % 7}`,
  details: {
    before: { target: sequence },
    after: { target: sequence + 1, name: 'Ü "ß" \\ ,"leaf":{' },
    changed: ['target'],
  },
  timestamp: new Date(Date.parse(exportedAt) - (10_000 - sequence) * 1000).toISOString(),
  schemaVersion: 1,
});

/** An audit log as an honest server would store it, and its proof file line by line. */
export function honestTrail({
  organizationId = 'org_1',
  fates,
  checkpoints = [],
  signer,
  person = pseudonym,
}: TrailShape) {
  const by = signer ?? signerNamed(`${host}/audit`);
  const origin = `${host}/audit/${organizationId}`;
  const seconds = Date.parse(exportedAt) / 1000;
  const kinds = {
    ...({ kept: 'written', expired: 'written', erased: 'written' } as const),
    ...({ imported: 'imported', withdrawn: 'imported' } as const),
  };
  const written = fates.map((fate, sequence) => {
    const entry = entryOf(organizationId, sequence);
    const expiresAt = fate === 'expired' ? seconds - day : seconds + 300 * day;
    const leaf = {
      entry: base64(sha256(canonical(entry))),
      expiresAt,
      id: entry.id,
      kind: kinds[fate],
      sequence,
    };
    const left = fate === 'erased' ? { ...entry, userId: person } : entry;
    return { fate, entry: left, leaf: canonical(leaf) };
  });
  const withdrawals = fates.flatMap((fate, sequence) => (fate === 'withdrawn' ? [sequence] : []));
  const withdrawn = withdrawals.map((sequence, i) => ({
    fate: 'withdrawal' as const,
    entry: null,
    leaf: canonical({ from: sequence, kind: 'withdrawn', sequence: fates.length + i, to: sequence }),
  }));
  const erasures = written.flatMap(({ fate, entry }, of) => (fate === 'erased' ? [{ of, entry }] : []));
  const erased = erasures.map(({ of, entry }, i) => {
    const sequence = fates.length + withdrawals.length + i;
    const hash = base64(sha256(canonical(entry)));
    return {
      fate: 'erasure' as const,
      entry: null,
      leaf: canonical({ entry: hash, kind: 'erased', of, person: pseudonym, sequence }),
    };
  });
  const all = [...written, ...withdrawn, ...erased];
  const hashes = all.map(({ leaf }) => leafHash(leaf));
  const sizes = [...new Set([...checkpoints.filter((size) => size < all.length), all.length])];
  const notes = sizes.map((size, i) => {
    const root = base64(treeRoot(hashes.slice(0, size)));
    const time = new Date(Date.parse(exportedAt) - (sizes.length - i) * 60_000).toISOString();
    return { size, note: by.sign(noteText({ origin, size, root, number: i + 1, time })) };
  });
  const lines = [canonical({ 'audit-proof': 1, exportedAt, key: by.vkey, organizationId, origin })];
  const checkpointAt = (at: number) =>
    notes.filter(({ size }) => size === at).map(({ note }) => canonical({ checkpoint: note }));
  lines.push(...checkpointAt(0));
  for (const [i, { fate, entry, leaf }] of all.entries()) {
    const isThere = fate === 'kept' || fate === 'imported' || fate === 'erased';
    lines.push(isThere ? `{"entry":${canonical(entry)},"leaf":${leaf}}` : `{"leaf":${leaf}}`);
    lines.push(...checkpointAt(i + 1));
  }
  lines.push(canonical({ end: { lines: lines.length } }));
  return { signer: by, origin, organizationId, lines, notes, hashes, entries: written, exportedAt };
}
export type HonestTrail = ReturnType<typeof honestTrail>;

export const fileOf = (lines: readonly string[]): Buffer => Buffer.from(`${lines.join('\n')}\n`);

/** The same file after its lines were manipulated; the count at its end is corrected as well. */
export const recounted = (lines: readonly string[]): string[] => [
  ...lines.slice(0, -1),
  canonical({ end: { lines: lines.length - 1 } }),
];
