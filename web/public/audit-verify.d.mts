/** A checkpoint as its note says it. `isSigned`: the key has signed it. */
export interface Checkpoint {
  readonly origin: string;
  readonly size: number;
  /** The root of the tree over so many leaves, in base64. */
  readonly root: string;
  readonly time: string | undefined;
  readonly number: number;
  readonly isSigned: boolean;
}

/** Something that is not as it should be: about entries, a checkpoint or the file, as its code says. */
export interface Finding {
  readonly code: FindingCode;
  /** The first and the last entry, by sequence; or the size of the checkpoint. */
  readonly from?: number;
  readonly to?: number;
  readonly line?: number;
}
export type EntryFinding =
  | 'edited'
  | 'removed'
  | 'reordered'
  | 'doubled'
  | 'inserted'
  | 'altered'
  | 'foreign'
  | 'left_out'
  | 'unsigned'
  | 'cut_tail'
  | 'rewritten'
  | 'not_included';
export type CheckpointFinding =
  | 'fork'
  | 'dropped'
  | 'reordered_checkpoint'
  | 'bad_signature'
  | 'foreign_checkpoint';
export type FileFinding =
  | 'cut_file'
  | 'no_checkpoint'
  | 'bad_round'
  | 'wrong_key'
  | 'unsupported'
  | 'unreadable';
export type FindingCode = EntryFinding | CheckpointFinding | FileFinding;

export interface Facts {
  /** Absent if the file isn't one of ours. */
  readonly origin?: string;
  readonly organizationId?: string;
  readonly exportedAt?: string;
  readonly from?: string;
  readonly to?: string;
  readonly key?: string;
  readonly entries: number;
  /** Entries that are gone because the time to keep them was over. */
  readonly expired: number;
  /** Entries from which what identified somebody was erased, as a later leaf says. Absent in a receipt. */
  readonly erased?: number;
  /** Imported entries that are gone because their import was undone. */
  readonly withdrawn: number;
  readonly leftOut: readonly { readonly from: number; readonly to: number }[];
  readonly uncompared: number;
  readonly newest?: Checkpoint;
  /** Of a receipt. */
  readonly leaf?: { readonly sequence: number; readonly kind: string; readonly id: string };
  readonly entry?: Readonly<Record<string, unknown>>;
  readonly round?: { readonly round: number; readonly time: string; readonly count: number };
}

export interface Result {
  readonly findings: readonly Finding[];
  readonly facts: Facts;
}

export interface Options {
  /** The verifier key that must have signed. Without it the file's own is taken. */
  readonly key?: string | undefined;
  /** Notes of checkpoints seen earlier. */
  readonly checkpoints?: readonly string[];
  readonly now?: Date;
  /** Called with the number of bytes of each chunk. */
  readonly onProgress?: (bytes: number) => void;
}

/** Verifies a file that comes in chunks of bytes. Never throws: what can't be read is a finding too. */
export function verify(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  options?: Options,
): Promise<Result>;
export function readCheckpoint(note: string, vkey: string): Promise<Checkpoint>;
