import * as z from 'zod/mini';

const value = z.string().check(z.minLength(32));

const shape = z.object({ current: value, next: z.optional(value) });

/**
 * The secret by which the API knows the site's distribution. `current` is what CloudFront sends. `next` is
 * what it will send after the next rotation; it is accepted already, so that whoever has read the secret
 * before a rotation knows the value that comes.
 */
export type OriginSecret = z.output<typeof shape>;

/** Reads the text of the secret. Throws for any other; the message repeats nothing of it. */
export function readOriginSecret(text: string): OriginSecret {
  const read = shape.safeParse(parsed(text));
  if (!read.success) throw new Error('The origin secret is not {"current": "…", "next": "…"}.');
  return read.data;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
