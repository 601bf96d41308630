import { fromBase64, type Hash, hashBytes, toBase64 } from './hash.ts';

/** A checkpoint: a tree's size and root at a point in time. */
export interface Checkpoint {
  /** Identifies the tree: `<site host>/audit/<organizationId>`. */
  readonly origin: string;
  readonly size: number;
  readonly root: Hash;
  /** Checkpoints of a tree are numbered from 1 without gaps, so that a dropped one is noticed. */
  readonly number: number;
  /** ISO 8601 UTC. */
  readonly time: string;
}

/** The signed text of a checkpoint (C2SP tlog-checkpoint), with number and time as extension lines. */
export const checkpointText = ({ origin, size, root, number, time }: Checkpoint): string =>
  `${origin}\n${size}\n${toBase64(root)}\nnumber ${number}\ntime ${time}\n`;

const form =
  /^([^\n]+)\n(0|[1-9]\d{0,15})\n([A-Za-z0-9+/]{43}=)\nnumber ([1-9]\d{0,15})\ntime (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)\n$/;

/** Parses a checkpoint's text; null if malformed. */
export function readCheckpointText(text: string): Checkpoint | null {
  const [, origin = '', size = '', encoded = '', number = '', time = ''] = form.exec(text) ?? [];
  const root = fromBase64(encoded);
  if (root?.length !== hashBytes || !Number.isSafeInteger(Number(size))) return null;
  return { origin, size: Number(size), root, number: Number(number), time };
}
