import * as z from 'zod';
import type { Mapping } from '../aws/streams/mapping.ts';
import type { Deployment } from './deployment.ts';
import { functionsOf } from './functions.ts';

const mapping = z.looseObject({
  FunctionName: z.string(),
  EventSourceArn: z.string(),
  StartingPosition: z.enum(['TRIM_HORIZON', 'LATEST']),
  BatchSize: z.number().default(100),
  MaximumBatchingWindowInSeconds: z.number().default(0),
  FilterCriteria: z.object({ Filters: z.array(z.object({ Pattern: z.string() })) }).default({ Filters: [] }),
  FunctionResponseTypes: z.array(z.literal('ReportBatchItemFailures')).default([]),
  BisectBatchOnFunctionError: z.boolean().default(false),
  MaximumRetryAttempts: z.number().default(-1),
  MaximumRecordAgeInSeconds: z.number().default(-1),
  DestinationConfig: z.object({ OnFailure: z.object({ Destination: z.string() }) }).optional(),
});

/** How functions are fed from streams. */
export function eventSourceMappings(deployment: Deployment): Mapping[] {
  const functions = functionsOf(deployment);
  return deployment.all('AWS::Lambda::EventSourceMapping').map(({ logicalId, properties }) => {
    const source = mapping.parse(properties);
    const target = functions.find(({ name }) => name === source.FunctionName);
    return {
      id: logicalId,
      functionName: source.FunctionName,
      functionArn: target?.arn ?? '',
      streamArn: source.EventSourceArn,
      startingPosition: source.StartingPosition,
      batchSize: source.BatchSize,
      batchingWindowSeconds: source.MaximumBatchingWindowInSeconds,
      filterPatterns: source.FilterCriteria.Filters.map(({ Pattern }) => Pattern),
      reportBatchItemFailures: source.FunctionResponseTypes.length > 0,
      bisectOnError: source.BisectBatchOnFunctionError,
      maximumRetryAttempts: source.MaximumRetryAttempts,
      maximumRecordAgeSeconds: source.MaximumRecordAgeInSeconds,
      failureBucket: source.DestinationConfig?.OnFailure.Destination.replace('arn:aws:s3:::', ''),
    };
  });
}
