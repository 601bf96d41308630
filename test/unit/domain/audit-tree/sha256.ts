import { hash } from 'node:crypto';
import type { Digest } from '../../../../domain/audit/tree/hash.ts';

export const sha256: Digest = (data) => new Uint8Array(hash('sha256', data, 'buffer'));
