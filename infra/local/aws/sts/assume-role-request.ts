import * as z from 'zod';
import { AwsError } from '../http/aws-error.ts';

const refused = [
  'Policy',
  'PolicyArns.member.1.arn',
  'SourceIdentity',
  'SerialNumber',
  'TransitiveTagKeys.member.1',
  'ProvidedContexts.member.1.ProviderArn',
];

const tag = z.object({ Key: z.string().min(1).max(128), Value: z.string().max(256) });

const request = z.object({
  RoleArn: z.string().regex(/^arn:[\w-]+:iam::\d{12}:role\/.+$/),
  RoleSessionName: z.string().regex(/^[\w+=,.@-]{2,64}$/),
  DurationSeconds: z.coerce.number().int().min(900).max(43_200).default(3600),
  ExternalId: z.string().optional(),
  tags: z.array(tag).max(50),
});

export type AssumeRoleRequest = z.infer<typeof request>;

/** Reads the form of an AssumeRole. Source: AWS STS API Reference, AssumeRole. */
export function parseAssumeRole(form: URLSearchParams): AssumeRoleRequest {
  const unknown = refused.find((name) => form.has(name));
  if (unknown !== undefined)
    throw new AwsError('InvalidParameterValue', `The local run's AssumeRole does not take ${unknown}.`);
  const result = request.safeParse({ ...Object.fromEntries(form), tags: tagsOf(form) });
  if (!result.success) {
    const [issue] = result.error.issues;
    throw new AwsError('ValidationError', `${issue?.path.join('.')}: ${issue?.message}`);
  }
  const keys = result.data.tags.map(({ Key }) => Key.toLowerCase());
  if (new Set(keys).size !== keys.length)
    throw new AwsError(
      'InvalidParameterValue',
      'Duplicate tag keys found. Please note that tag keys are case insensitive.',
    );
  return result.data;
}

function tagsOf(form: URLSearchParams): { Key: string; Value: string }[] {
  const tags: { Key: string; Value: string }[] = [];
  for (let n = 1; form.has(`Tags.member.${n}.Key`); n += 1)
    tags.push({
      Key: form.get(`Tags.member.${n}.Key`) ?? '',
      Value: form.get(`Tags.member.${n}.Value`) ?? '',
    });
  return tags;
}
