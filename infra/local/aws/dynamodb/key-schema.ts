/** What the gate must know of a table: where it is, and which attribute leads its keys and those of its indexes. */
export interface KeySchema {
  readonly tableArn: string;
  readonly partitionKey: string;
  /** Partition key attribute by index name. */
  readonly indexes: Readonly<Record<string, string>>;
}

/** The key schema of a table by its name; throws ResourceNotFoundException for a table that the deployment hasn't. */
export type KeySchemas = (tableName: string) => KeySchema;
