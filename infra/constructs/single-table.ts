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
 * The table, as described in `domain/table/layout.ts`: with a stream, point-in-time recovery for 35 days
 * and deletion protection. A global table with one region, because a table can't be converted later.
 */
class SingleTable extends TableV2 {
  constructor(scope: Construct, id: string, { stage }: { readonly stage: StageSettings }) {
    super(scope, id, {
      partitionKey: { name: tableLayout.partitionKey, type: AttributeType.STRING },
      sortKey: { name: tableLayout.sortKey, type: AttributeType.STRING },
      billing: Billing.onDemand(),
      // With the old image, since the audit log shows what was deleted.
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
 * A stage's table: its own, or an existing one, such as a restored table. An existing one keeps its own
 * settings, which `npm run restore:verify` checks; the stage's own table is retained without a stack.
 */
export function tableOf(scope: Construct, stage: StageSettings): ITable {
  if (stage.table === undefined) return new SingleTable(scope, 'Table', { stage });
  const { name, streamArn } = stage.table;
  return TableV2.fromTableAttributes(scope, 'ExistingTable', { tableName: name, tableStreamArn: streamArn });
}
