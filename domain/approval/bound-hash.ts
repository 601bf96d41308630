import { createHash } from 'node:crypto';
import { canonical } from '../audit/tree/canonical.ts';
import type { ApprovalKind } from './kinds.schema.ts';

/** What an approval is bound to: the input, and the revisions of what it refers to. */
interface Bound {
  readonly kind: ApprovalKind;
  readonly input: object;
  readonly touches: Readonly<Record<string, number>>;
}

/** The SHA-256 of what is approved, as canonical JSON (RFC 8785), in hexadecimal. */
export const boundHash = ({ kind, input, touches }: Bound): string =>
  createHash('sha256').update(canonical({ kind, input, touches })).digest('hex');
