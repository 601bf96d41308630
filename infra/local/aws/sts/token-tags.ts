import type { JWTPayload } from 'jose';
import * as z from 'zod';
import { AwsError } from '../http/answer.ts';
import { refuseDuplicates, tagKey, tagValue } from './parameters.ts';

const claim = 'https://aws.amazon.com/tags';
const flattened = `${claim}/principal_tags/`;

/** A tag has one value, which the nested form gives as a list of one. */
const value = z.union([tagValue, z.tuple([tagValue]).transform(([only]) => only)]);
const nested = z.looseObject({ principal_tags: z.record(tagKey, value).default({}) });
const principalTags = z.record(tagKey, value).refine((tags) => Object.keys(tags).length <= 50);

/**
 * The session tags that a token's signed claim names, in either of its two forms.
 * Source: IAM User Guide, "Passing session tags using AssumeRoleWithWebIdentity".
 * @throws AwsError `InvalidIdentityToken` for a claim of another shape
 */
export function sessionTagsOf(payload: JWTPayload): Readonly<Record<string, string>> {
  const whole = nested.safeParse(payload[claim] ?? {});
  const flat = Object.entries(payload).flatMap(([name, tag]) =>
    name.startsWith(flattened) ? [[name.slice(flattened.length), tag] as const] : [],
  );
  const tags = principalTags.safeParse({
    ...(whole.success ? whole.data.principal_tags : {}),
    ...Object.fromEntries(flat),
  });
  if (!whole.success || !tags.success)
    throw new AwsError(
      'InvalidIdentityToken',
      `The claim ${claim} is not of the form that session tags have.`,
    );
  refuseDuplicates(Object.keys(tags.data));
  return tags.data;
}
