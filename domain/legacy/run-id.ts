import { createHash } from 'node:crypto';
import { canonical } from './checksum.ts';
import type { SourceLine } from './document.ts';
import { fingerprint } from './legacy-ids.ts';
import type { Mapping } from './mapping.schema.ts';

/** Of the rules that map documents: a change of them makes another run of the same export. */
const rulesVersion = 2;

/**
 * Names a run by what it imports: the lines of an export, in the order of import, and the mapping. However
 * they are packed and however often they are imported, the same lines and decisions are one run.
 */
export function runIdBuilder(mapping: Mapping): { add(line: SourceLine): void; id(): string } {
  const hash = createHash('sha256').update(`${rulesVersion}\n${canonical(mapping)}\n`);
  return {
    add: ({ table, text }) => hash.update(`${table}\n${text}\n`),
    id: () => `imp_${fingerprint(hash.copy().digest('hex'), 16)}`,
  };
}
