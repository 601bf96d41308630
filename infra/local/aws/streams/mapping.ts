/** How a function is fed from a stream. Source: AWS::Lambda::EventSourceMapping. */
export interface Mapping {
  /** Names the mapping in state files and in the console. */
  readonly id: string;
  readonly functionName: string;
  readonly functionArn: string;
  readonly streamArn: string;
  readonly startingPosition: 'TRIM_HORIZON' | 'LATEST';
  readonly batchSize: number;
  readonly batchingWindowSeconds: number;
  /** Filter patterns as JSON text; a record must match one of them, if there are any. */
  readonly filterPatterns: readonly string[];
  readonly reportBatchItemFailures: boolean;
  readonly bisectOnError: boolean;
  /** -1: without limit. */
  readonly maximumRetryAttempts: number;
  /** -1: without limit. */
  readonly maximumRecordAgeSeconds: number;
  /** Bucket for what was given up. */
  readonly failureBucket: string | undefined;
}
