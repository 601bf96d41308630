import { Duration } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { partitionPatterns } from '../../domain/table/layout.ts';
import { acknowledgeObjects } from '../acknowledge.ts';
import type { StageSettings } from '../stage.ts';
import { onlyLeadingKeys } from './leading-keys.ts';
import { ServiceFunction } from './service-function.ts';
import { ShardSchedules } from './shard-schedules.ts';

interface AuditCheckpointsProps {
  readonly stage: StageSettings;
  readonly table: ITable;
  /** Signs the checkpoints. */
  readonly key: IKey;
  /** Stores signed checkpoints so that no one can change or delete them. */
  readonly anchors: IBucket;
}

/**
 * Seals the audit logs, signs a checkpoint of each that has grown and anchors it: every hour per directory
 * shard, and for one organization on request. Its role reads entries and writes trees, but no entries.
 */
export class AuditCheckpoints extends ShardSchedules {
  readonly checkpoints: ServiceFunction;

  constructor(scope: Construct, id: string, { stage, table, key, anchors }: AuditCheckpointsProps) {
    super(scope, id);
    this.checkpoints = new ServiceFunction(this, 'Checkpoints', {
      stage,
      entry: 'schedules/audit-checkpoints',
      description: 'Seals audit trails and signs and anchors their checkpoints',
      memorySize: 1024,
      timeout: Duration.minutes(10),
      environment: {
        TABLE_NAME: table.tableName,
        APP_ORIGIN: stage.origin,
        AUDIT_KEY_ID: key.keyArn,
        ANCHOR_BUCKET_NAME: anchors.bucketName,
      },
    });
    this.#allowTrails(table);
    this.checkpoints.allow({ actions: ['kms:GetPublicKey', 'kms:Sign'], resources: [key.keyArn] });
    this.checkpoints.allow({
      actions: ['s3:GetObject', 's3:PutObject'],
      resources: [anchors.arnForObjects('*')],
    });
    acknowledgeObjects(
      this.checkpoints.role,
      anchors,
      '*',
      'Objects are named by organization and size, and the lock keeps each as it was put first.',
    );
    this.start(this.checkpoints, {
      id: 'Hourly',
      job: 'audit-checkpoints',
      description: (shard) => `Audit checkpoints of shard ${shard}, every hour`,
      due: (shard) => ({ minute: `${51 + 2 * shard}` }),
      input: (shard) => ({ shard }),
    });
  }

  #allowTrails(table: ITable): void {
    const { organizations, audit, auditTree, auditRounds, removals } = partitionPatterns;
    this.letReadDirectory(this.checkpoints, table);
    this.checkpoints.allow({
      actions: ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query'],
      resources: [table.tableArn],
      conditions: onlyLeadingKeys([audit, auditTree, auditRounds, organizations, ...removals]),
    });
    this.checkpoints.allow({
      actions: ['dynamodb:PutItem', 'dynamodb:UpdateItem'],
      resources: [table.tableArn],
      conditions: onlyLeadingKeys([auditTree, auditRounds]),
    });
  }

  /** Lets a function request the checkpoint of one organization and wait for it. */
  letStart(starter: ServiceFunction): void {
    starter.letInvoke(this.checkpoints.lambda, 'CHECKPOINTS_FUNCTION_NAME');
  }
}
