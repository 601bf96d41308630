/** What a guarded client may touch. */
export interface Boundary {
  readonly table: string;
  /** Names of the indexes it may query. */
  readonly indexes: readonly string[];
  /** Whether a partition key (of the table or of an index) is inside. */
  admits(partitionKey: string): boolean;
}
