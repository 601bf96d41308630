import { hash } from 'node:crypto';
import type { Digest } from './tree/hash.ts';

/** SHA-256 in Node. */
export const sha256: Digest = (data) => new Uint8Array(hash('sha256', data, 'buffer'));
