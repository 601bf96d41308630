import { AttributeType, BillingMode, ProjectionType, StreamViewType, Table } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import { indexes, tableLayout } from '../../domain/table/layout.ts';
import type { StageSettings } from '../stage.ts';

/**
 * The table, as `domain/table/layout.ts` describes it: with a stream, point-in-time recovery for 35 days and
 * deletion protection.
 */
export class SingleTable extends Table {
  constructor(scope: Construct, id: string, { stage }: { readonly stage: StageSettings }) {
    super(scope, id, {
      partitionKey: { name: tableLayout.partitionKey, type: AttributeType.STRING },
      sortKey: { name: tableLayout.sortKey, type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      // With the old image, too: the trail shows what was deleted.
      stream: StreamViewType.NEW_AND_OLD_IMAGES,
      timeToLiveAttribute: tableLayout.timeToLive,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true, recoveryPeriodInDays: 35 },
      deletionProtection: !stage.disposable,
    });
    for (const { name, partitionKey, sortKey, sortKeyType, includes } of indexes)
      this.addGlobalSecondaryIndex({
        indexName: name,
        partitionKey: { name: partitionKey, type: AttributeType.STRING },
        sortKey: {
          name: sortKey,
          type: sortKeyType === 'N' ? AttributeType.NUMBER : AttributeType.STRING,
        },
        ...(includes === undefined
          ? { projectionType: ProjectionType.ALL }
          : { projectionType: ProjectionType.INCLUDE, nonKeyAttributes: [...includes] }),
      });
  }

  // CDK's `Table` says `string | undefined` here, which its own `ITable` refuses under
  // exactOptionalPropertyTypes.
  override get tableStreamArn(): string {
    const arn = super.tableStreamArn;
    if (arn === undefined) throw new Error('The table has no stream');
    return arn;
  }
}
