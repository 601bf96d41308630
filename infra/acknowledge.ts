import { CfnOutput, Fn, Stack, Validations } from 'aws-cdk-lib';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct, type IConstruct } from 'constructs';
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

/**
 * The bucket's ARN as cdk-nag writes it in a finding's id: `<LogicalId.Arn>`, or for one of another stack the
 * reference to that stack's output, which CDK would make itself a moment later.
 */
const flatArn = (construct: IConstruct, bucket: IBucket): string => {
  const stack = Stack.of(bucket);
  const attribute = GetAtt.parse(stack.resolve(bucket.bucketArn));
  if (stack === Stack.of(construct)) return `<${attribute['Fn::GetAtt'].join('.')}>`;
  const outputs = stack.node.tryFindChild('Publish') ?? new Construct(stack, 'Publish');
  const id = `Output${JSON.stringify(attribute)}`;
  if (outputs.node.tryFindChild(id) === undefined) new CfnOutput(outputs, id, { value: bucket.bucketArn });
  const { logicalId } = z.instanceof(CfnOutput).parse(outputs.node.findChild(id));
  return JSON.stringify(stack.resolve(Fn.getStackOutput(stack.stackName, logicalId, stack.region)));
};

const GetAtt = z.strictObject({ 'Fn::GetAtt': z.tuple([z.string(), z.string()]) });
