import type { Template } from 'aws-cdk-lib/assertions';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { erasedAttributes, partitionPatterns } from '../../domain/table/layout.ts';
import { functionNamed, only, statementsOf } from './iam.ts';
import { type BuiltStage, buildStage } from './synthesized.ts';

let local: BuiltStage;
let service: Template;
beforeAll(() => {
  local = buildStage('local');
  service = local.template('service');
});
afterAll(() => local.discard());

const { removals, organizationClaims, keyedByPerson } = partitionPatterns;

/** Table keys that a function may access with its own role, from the conditions of its statements. */
const leadingKeys = (name: string) =>
  statementsOf(service, functionNamed(service, name).roleId)
    .filter(({ Action }) => Action.every((action) => /^dynamodb:.*(Item|Query)$/.test(action)))
    .map(({ Condition }) => Condition);

describe('a function touches items', () => {
  // It updates a tree's head, but no tile, seal or checkpoint.
  const heads = only('*#audit-tree');
  const onlyHeads = {
    ...heads,
    'ForAllValues:StringEquals': {
      'dynamodb:Attributes': [
        ...['pk', 'sk', 'entity', 'entityVersion', 'organizationId'],
        ...['headSize', 'headFrontier', 'recent'],
      ],
    },
    Null: { ...heads.Null, 'dynamodb:Attributes': 'false' },
  };

  test.each([
    [
      'admin',
      [
        only('platform#*', '*#organization', '*#invitation', '*#email'),
        // Of the platform nothing that makes a super admin: no user, no invitation, no approval.
        only(
          ...['org_*#organization', 'org_*#invitation', 'org_*#email', 'platform#organization-name'],
          ...['platform#organization-external-id', 'platform#departure', 'platform#request'],
          ...['platform#rate', 'platform#access', 'platform#access#refused', 'platform#access#exported'],
          'platform#access#usage-run',
        ),
        only('platform#organization-name', 'platform#organization-external-id'),
        only('platform#organizations#*', 'platform#organization-terms', 'platform#audit#*'),
        { 'ForAnyValue:StringLike': { 'dynamodb:LeadingKeys': ['*#access*'] } },
      ],
    ],
    [
      'organization',
      [only('platform#member-claim'), only('platform#member-claim', 'platform#access#elsewhere')],
    ],
    [
      'support',
      [
        only('platform#user', 'platform#member-claim'),
        only('platform#access', 'platform#access#refused', 'platform#member-claim'),
        only('platform#rate'),
      ],
    ],
    [
      'webhooks',
      [only('platform#identity', 'platform#webhook', 'platform#member-claim'), only('platform#audit-rounds')],
    ],
    [
      'audit-checkpoints',
      [
        only('platform#organizations#*'),
        only('*#audit#*', '*#audit-tree', 'platform#audit-rounds', '*#organization', ...removals),
        only('*#audit-tree', 'platform#audit-rounds'),
      ],
    ],
    ['key-broker', [only('org_*#api-key')]],
    ['webhook-sender', [only('platform#webhook-due')]],
    [
      'approvals',
      [
        only(
          'platform#approval',
          'platform#user',
          'platform#email',
          'platform#member-claim',
          '*#organization',
          'org_*#support-access',
        ),
        only(
          'platform#approval',
          'platform#user',
          'platform#email',
          'platform#member-claim',
          'platform#users',
          'platform#joined',
        ),
        only('platform#approval', 'platform#organization'),
      ],
    ],
    [
      'gateway',
      [
        only('org_*#invitation', 'org_*#user', 'platform#member-claim', 'platform#approval', 'platform#user'),
        only('*#user', 'platform#member-claim'),
        only('platform#member-claim'),
      ],
    ],
    ['invitations', [only('platform#organizations#*'), only('platform#member-claim')]],
    ['drift', [only('platform#drift')]],
    ['reminders', [only('platform#organizations#*')]],
    ['usage', [only('platform#organizations#*'), only('platform#usage')]],
    [
      'audit-writer',
      [
        only('*#audit#*'),
        only('*#audit-tree'),
        onlyHeads,
        only('*#organization'),
        only('*#tombstone', 'platform#departure'),
      ],
    ],
    ['event-publisher', [only('*#tombstone', 'platform#departure')]],
    // It reads everything and writes its position.
    [
      'exports',
      [
        only('platform#departure', 'org_*', 'platform#person-data-due'),
        only('org_*#export', 'platform#person-data-due'),
        only('platform#person-data-due'),
      ],
    ],
    // It moves what has a person in its key; of entries it writes what an erasure changes.
    [
      'erasures',
      [
        only('org_*', 'platform#erasure-due'),
        only('org_*'),
        only(...keyedByPerson, 'org_*#audit-tree', 'platform#erasure-due'),
        only(...keyedByPerson, 'org_*#mail-settings', 'platform#erasure-due'),
        { 'ForAnyValue:StringLike': { 'dynamodb:LeadingKeys': ['*#access*'] } },
        {
          'ForAnyValue:StringLike': { 'dynamodb:LeadingKeys': ['*#audit#*'] },
          'ForAnyValue:StringNotEquals': { 'dynamodb:Attributes': erasedAttributes },
        },
      ],
    ],
    [
      'removals',
      [
        only('platform#departure', ...removals, 'org_*', 'platform#approval'),
        only(...removals, 'org_*#forgetting'),
        only('platform#departure', ...removals),
        only(...removals, 'org_*', ...organizationClaims, 'platform#member-claim'),
      ],
    ],
  ])('of its own keys only: %s', (name, conditions) => {
    expect(leadingKeys(name)).toEqual(conditions);
  });
});
