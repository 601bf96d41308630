import { createHash } from 'node:crypto';
import type { Imported } from './outcome.ts';

/** A value as one text, whatever order its fields are in. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const fields = Object.entries(value)
    .filter(([, field]) => field !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, field]) => `${JSON.stringify(name)}:${canonical(field)}`);
  return `{${fields.join(',')}}`;
}

/** How many there are, and a sum of their hashes: the same in whatever order they come. */
export interface Checksum {
  readonly count: number;
  readonly sum: bigint;
}

export const emptyChecksum: Checksum = { count: 0, sum: 0n };

/** The hash of an imported thing, members of a team in no order. */
export function hashOf(item: Imported): bigint {
  const comparable =
    item.kind === 'team'
      ? { ...item, members: [...item.members].sort((a, b) => (a.userId < b.userId ? -1 : 1)) }
      : item;
  return BigInt(`0x${createHash('sha256').update(canonical(comparable)).digest('hex')}`);
}

export const added = ({ count, sum }: Checksum, hash: bigint): Checksum => ({
  count: count + 1,
  sum: BigInt.asUintN(128, sum + hash),
});

/** A checksum as people compare it. */
export const shown = ({ count, sum }: Checksum): string => `${count} ${sum.toString(16).padStart(32, '0')}`;
