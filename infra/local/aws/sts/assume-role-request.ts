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

// Source: AWS STS API Reference, Tag. No `*` and no `?` among the characters: a tag can't widen a policy that
// compares with it.
const tag = z.object({
  Key: z
    .string()
    .regex(/^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/u)
    .regex(/^(?!aws:)/i, 'Tag keys that begin with aws: are reserved.'),
  Value: z.string().regex(/^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u),
});

const request = z.object({
  RoleArn: z
    .string()
    .regex(/^arn:[\w-]+:iam::\d{12}:role\/[\w+=,.@/-]+$/)
    .max(2048),
  RoleSessionName: z.string().regex(/^[\w+=,.@-]{2,64}$/),
  DurationSeconds: z.coerce.number().int().min(900).max(43_200).default(3600),
  ExternalId: z
    .string()
    .regex(/^[\w+=,.@:/-]{2,1224}$/)
    .optional(),
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

/**
 * The tags by their numbers in the form, whichever those are: none is passed over, and one without a value is
 * refused.
 */
function tagsOf(form: URLSearchParams): unknown[] {
  const numbers = [...form.keys()].flatMap((name) => /^Tags\.member\.(\d+)\./.exec(name)?.[1] ?? []);
  return [...new Set(numbers)].map((n) => ({
    Key: form.get(`Tags.member.${n}.Key`),
    Value: form.get(`Tags.member.${n}.Value`),
  }));
}
