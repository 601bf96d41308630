import type { AwsResources, Role } from './resources.ts';

/**
 * An account of somebody else, with a bucket for audit logs: what an organization's admin would make at AWS.
 * Its role asks for the external ID of an organization; a second one, `…-open`, asks for none, as nobody
 * should.
 */
export const customer = {
  account: '222222222222',
  region: 'eu-west-1',
  bucket: 'customer-audit-log',
  roleArn: 'arn:aws:iam::222222222222:role/mtcms-log-delivery',
} as const;

const allow = (statement: object) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', ...statement }],
});

const roleOf = (trusted: string, suffix: string, condition: object): Role => ({
  arn: `${customer.roleArn}${suffix}`,
  id: `AROACUSTOMER${suffix.toUpperCase()}`,
  trustPolicy: allow({
    Principal: { AWS: `arn:aws:iam::${trusted}:root` },
    Action: 'sts:AssumeRole',
    ...condition,
  }),
  policies: [
    {
      name: 'logs',
      document: allow({
        Action: ['s3:PutObject', 's3:GetObject'],
        Resource: `arn:aws:s3:::${customer.bucket}*/*`,
      }),
    },
  ],
  tags: {},
  maxSessionDuration: 3600,
});

/** A deployment's resources beside the customer's. */
export const withCustomer = (resources: AwsResources): AwsResources => ({
  ...resources,
  roles: [
    ...resources.roles,
    roleOf(resources.account, '', { Condition: { StringLike: { 'sts:ExternalId': 'org_*' } } }),
    roleOf(resources.account, '-open', {}),
  ],
  buckets: [...resources.buckets, customer.bucket],
  othersBuckets: { [customer.bucket]: { account: customer.account, region: customer.region } },
});
