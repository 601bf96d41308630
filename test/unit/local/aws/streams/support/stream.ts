import type { Mapping } from '../../../../../../infra/local/aws/resources.ts';
import type { StreamRecord } from '../../../../../../infra/local/aws/streams/stream.ts';

/** A record with that sequence number, written that many seconds after second 1000. */
export const aRecord = (SequenceNumber: string): StreamRecord => ({
  eventName: 'INSERT',
  dynamodb: {
    ApproximateCreationDateTime: 1000 + Number(SequenceNumber),
    Keys: { pk: { S: 'org_A#x' }, sk: { S: SequenceNumber } },
    SequenceNumber,
  },
});

export const aMapping: Mapping = {
  id: 'mapping',
  functionName: 'consumer',
  functionArn: 'arn:aws:lambda:eu-central-1:111122223333:function:consumer',
  streamArn: 'arn:aws:dynamodb:eu-central-1:111122223333:table/things/stream/1',
  startingPosition: 'TRIM_HORIZON',
  batchSize: 100,
  batchingWindowSeconds: 0,
  filterPatterns: [],
  reportBatchItemFailures: true,
  bisectOnError: false,
  maximumRetryAttempts: 5,
  maximumRecordAgeSeconds: -1,
  failureBucket: undefined,
};
