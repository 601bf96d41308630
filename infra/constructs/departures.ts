import { Duration } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { erasedAttributes, partitionPatterns } from '../../domain/table/layout.ts';
import { acknowledgeObjects } from '../acknowledge.ts';
import type { StageSettings } from '../stage.ts';
import type { AuditCheckpoints } from './audit-checkpoints.ts';
import { anyLeadingKey, onlyLeadingKeys } from './leading-keys.ts';
import { Schedules } from './schedules.ts';
import { ServiceFunction } from './service-function.ts';

interface DeparturesProps {
  readonly stage: StageSettings;
  readonly table: ITable;
  readonly exports: IBucket;
  readonly checkpoints: AuditCheckpoints;
}

/**
 * Exports the data of leaving organizations, and deletes it with the approval of two super admins; exports
 * the data of one person. Schedules start these functions, as does a request for a person's data, which
 * passes only an organization id. The exporter writes its progress and nothing else. The deleter could
 * delete any organization's items, so it checks the approval itself, which only the approvals function can
 * write.
 */
export class Departures extends Schedules {
  readonly exports: ServiceFunction;
  readonly removals: ServiceFunction;
  readonly erasures: ServiceFunction;

  constructor(scope: Construct, id: string, { stage, table, exports, checkpoints }: DeparturesProps) {
    super(scope, id);
    this.exports = new ServiceFunction(this, 'Exports', {
      stage,
      entry: 'departures/exports',
      description: 'Exports the data of leaving organizations',
      memorySize: 1024,
      timeout: Duration.minutes(15),
      environment: { TABLE_NAME: table.tableName, EXPORT_BUCKET_NAME: exports.bucketName },
    });
    this.removals = new ServiceFunction(this, 'Removals', {
      stage,
      entry: 'departures/removals',
      description: 'Deletes the data of organizations that have left',
      memorySize: 1024,
      timeout: Duration.minutes(15),
      environment: { TABLE_NAME: table.tableName },
    });
    this.erasures = new ServiceFunction(this, 'Erasures', {
      stage,
      entry: 'departures/erasures',
      description: 'Erases identifying data of users on request',
      memorySize: 1024,
      timeout: Duration.minutes(15),
      environment: { TABLE_NAME: table.tableName },
    });
    for (const starter of [this.exports, this.removals, this.erasures]) checkpoints.letStart(starter);
    this.#allowErasures(table);
    this.#allowExports(table, exports);
    this.#allowRemovals(table);
    this.startAt(this.exports, [
      {
        id: 'KeepExports',
        job: 'exports',
        description: 'Continues exports of leaving organizations, every five minutes',
        due: { minute: '2/5' },
        input: {},
      },
    ]);
    this.startAt(
      this.removals,
      [
        {
          id: 'KeepRemovals',
          job: 'removals',
          description: 'Continues deletions approved by two super admins, every ten minutes',
          due: { minute: '6/10' },
          input: {},
        },
      ],
      'RemovalsInvoker',
    );
    this.startAt(
      this.erasures,
      [
        {
          id: 'KeepErasures',
          job: 'erasures',
          description: 'Continues approved erasures, every ten minutes',
          due: { minute: '8/10' },
          input: {},
        },
      ],
      'ErasuresInvoker',
    );
  }

  /** Lets a function request the export and the erasure of one person's data. */
  letStart(starter: ServiceFunction): void {
    starter.letInvoke(this.exports.lambda, 'EXPORTS_FUNCTION_NAME');
    starter.letInvoke(this.erasures.lambda, 'ERASURES_FUNCTION_NAME');
  }

  #allowRemovals(table: ITable): void {
    const { departures, removals, everyOrganization, approvals, organizationClaims, memberClaims } =
      partitionPatterns;
    for (const [actions, keys] of [
      [
        ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query'],
        [departures, ...removals, everyOrganization, approvals],
      ],
      [['dynamodb:PutItem'], [...removals, 'org_*#forgetting']],
      [['dynamodb:UpdateItem'], [departures, ...removals]],
      [['dynamodb:DeleteItem'], [...removals, everyOrganization, ...organizationClaims, memberClaims]],
    ] as const)
      this.removals.allow({
        actions: [...actions],
        resources: [table.tableArn],
        conditions: onlyLeadingKeys(keys),
      });
  }

  /**
   * It updates items and entries that contain a person's data, and moves bookkeeping that has the person in
   * its key. It can't put an entry, an access event or any audited item, and deletes none but its own.
   */
  #allowErasures(table: ITable): void {
    const { accessEvents, audit, everyOrganization, erasureDue, keyedByPerson, mailSettings, ownTrees } =
      partitionPatterns;
    for (const [actions, keys] of [
      [
        ['GetItem', 'BatchGetItem', 'Query'],
        [everyOrganization, erasureDue],
      ],
      [['UpdateItem'], [everyOrganization]],
      [['PutItem'], [...keyedByPerson, ownTrees, erasureDue]],
      [['DeleteItem'], [...keyedByPerson, mailSettings, erasureDue]],
    ] as const)
      this.erasures.allow({
        actions: actions.map((action) => `dynamodb:${action}`),
        resources: [table.tableArn],
        conditions: onlyLeadingKeys(keys),
      });
    for (const conditions of [
      anyLeadingKey([accessEvents]),
      {
        ...anyLeadingKey([audit]),
        'ForAnyValue:StringNotEquals': { 'dynamodb:Attributes': erasedAttributes },
      },
    ])
      this.erasures.deny({ actions: ['dynamodb:UpdateItem'], resources: [table.tableArn], conditions });
  }

  #allowExports(table: ITable, exports: IBucket): void {
    const { departures, everyOrganization, dataExports, personDataDue } = partitionPatterns;
    for (const [actions, keys] of [
      [
        ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query'],
        [departures, everyOrganization, personDataDue],
      ],
      [
        ['dynamodb:PutItem', 'dynamodb:UpdateItem'],
        [dataExports, personDataDue],
      ],
      [['dynamodb:DeleteItem'], [personDataDue]],
    ] as const)
      this.exports.allow({
        actions: [...actions],
        resources: [table.tableArn],
        conditions: onlyLeadingKeys(keys),
      });
    // Without it, S3 responds 403 for missing objects.
    this.exports.allow({ actions: ['s3:ListBucket'], resources: [exports.bucketArn] });
    this.exports.allow({
      actions: ['s3:GetObject', 's3:PutObject'],
      resources: [exports.arnForObjects('*')],
    });
    const reason = 'Objects are named by organization and export.';
    acknowledgeObjects(this.exports.role, exports, '*', reason);
  }
}
