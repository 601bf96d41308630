import { Stack, Validations } from 'aws-cdk-lib';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { IConstruct } from 'constructs';
import * as z from 'zod';

/**
 * Accepts one finding of cdk-nag on one construct, with the reason. A finding is a rule's id, or
 * `rule[finding]` for rules with several findings. All others still fail the synthesis.
 */
export const acknowledge = (construct: IConstruct, finding: string, reason: string): void =>
  Validations.of(construct).acknowledge({ id: finding, reason });

/** Accepts a wildcard for the objects of one bucket below a path, e.g. `aws/lambda/*`. */
export const acknowledgeObjects = (
  construct: IConstruct,
  bucket: IBucket,
  path: string,
  reason: string,
): void =>
  acknowledge(construct, `AwsSolutions-IAM5[Resource::${flatArn(construct, bucket)}/${path}]`, reason);

const reference = z.union([
  z
    .object({ 'Fn::GetAtt': z.tuple([z.string(), z.string()]) })
    .transform((it) => `<${it['Fn::GetAtt'].join('.')}>`),
  z.object({ 'Fn::ImportValue': z.string() }).transform((it) => it['Fn::ImportValue']),
]);

/**
 * The bucket's ARN as cdk-nag writes it in a finding's id: `<LogicalId.Arn>`, or the export's name in another
 * stack.
 */
const flatArn = (construct: IConstruct, bucket: IBucket): string => {
  const stack = Stack.of(bucket);
  const arn = stack === Stack.of(construct) ? bucket.bucketArn : stack.exportValue(bucket.bucketArn);
  return reference.parse(stack.resolve(arn));
};
