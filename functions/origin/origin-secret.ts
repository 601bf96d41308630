import * as z from 'zod/mini';

const value = z.string().check(z.minLength(32));

const shape = z.object({ current: value, next: z.optional(value) });

/**
 * The secret that identifies the site's distribution to the API. `current` is what CloudFront sends. `next`
 * is what it will send after the next rotation; it is accepted already, so that functions with a cached
 * secret know the coming value.
 */
export type OriginSecret = z.output<typeof shape>;

/** Parses the secret. Throws otherwise; the message doesn't repeat its content. */
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
