import type { AwsResources, Role } from './resources.ts';

/**
 * A customer's AWS account with a bucket for audit logs, as an organization's admin would create it. Its
 * role requires the organization's external ID; a second one, `…-open`, requires none, which is the
 * misconfiguration to detect.
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
