import {
  AttributeType,
  Billing,
  type ITable,
  ProjectionType,
  StreamViewType,
  TableV2,
} from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import { indexes, tableLayout } from '../../domain/table/layout.ts';
import type { StageSettings } from '../stage.ts';

/**
 * The table, as `domain/table/layout.ts` describes it: with a stream, point-in-time recovery for 35 days and
 * deletion protection. It is a global table of one region, because a table can't become one later.
 */
class SingleTable extends TableV2 {
  constructor(scope: Construct, id: string, { stage }: { readonly stage: StageSettings }) {
    super(scope, id, {
      partitionKey: { name: tableLayout.partitionKey, type: AttributeType.STRING },
      sortKey: { name: tableLayout.sortKey, type: AttributeType.STRING },
      billing: Billing.onDemand(),
      // With the old image, too: the trail shows what was deleted.
      dynamoStream: StreamViewType.NEW_AND_OLD_IMAGES,
      timeToLiveAttribute: tableLayout.timeToLive,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true, recoveryPeriodInDays: 35 },
      deletionProtection: !stage.disposable,
      globalSecondaryIndexes: indexes.map(({ name, partitionKey, sortKey, sortKeyType, includes }) => ({
        indexName: name,
        partitionKey: { name: partitionKey, type: AttributeType.STRING },
        sortKey: {
          name: sortKey,
          type: sortKeyType === 'N' ? AttributeType.NUMBER : AttributeType.STRING,
        },
        ...(includes === undefined
          ? { projectionType: ProjectionType.ALL }
          : { projectionType: ProjectionType.INCLUDE, nonKeyAttributes: [...includes] }),
      })),
    });
  }

  // CDK's `TableV2` says `string | undefined` here, which its own `ITable` refuses under
  // exactOptionalPropertyTypes.
  override get tableStreamArn(): string {
    const arn = super.tableStreamArn;
    if (arn === undefined) throw new Error('The table has no stream');
    return arn;
  }
}

/**
 * The table of a stage: its own, or one that is there already, such as a restored one. That one keeps its own
 * settings, which `npm run restore:verify` checks; the stage's own table stays where it is, and is nobody's.
 */
export function tableOf(scope: Construct, stage: StageSettings): ITable {
  if (stage.table === undefined) return new SingleTable(scope, 'Table', { stage });
  const { name, streamArn } = stage.table;
  return TableV2.fromTableAttributes(scope, 'ExistingTable', { tableName: name, tableStreamArn: streamArn });
}
