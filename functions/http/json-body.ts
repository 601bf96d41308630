import { fieldError } from '../../domain/field-errors.ts';
import { httpRefusals } from './http.refusals.ts';

/** No valid body is nested this deeply; recursive functions must not overflow the stack. */
const deepest = 32;

/** A value in the body, and its path. */
type Placed = readonly [path: string, value: object];

function innerOf([path, value]: Placed): Placed[] {
  return Object.entries(value).flatMap(([name, inner]) =>
    typeof inner === 'object' && inner !== null ? [[path === '' ? name : `${path}.${name}`, inner]] : [],
  );
}

/**
 * Refuses valid JSON that can't be stored or traversed. Iterates level by level, since depth is the
 * concern.
 */
export function refuseUnkept(whole: object): void {
  let level: Placed[] = [['', whole]];
  for (let depth = 1; level.length > 0; depth += 1) {
    if (depth > deepest) throw httpRefusals.body_too_deep({ levels: deepest });
    // As a key it would be lost when the object is copied.
    for (const [path, value] of level)
      if (Object.hasOwn(value, '__proto__'))
        throw httpRefusals.request_wrong(
          {},
          { fields: [fieldError(path, 'unknown_names', { names: '"__proto__"' })] },
        );
    level = level.flatMap(innerOf);
  }
}

/** Parses JSON. Throws `validation_failed`. */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw httpRefusals.body_not_json({}, { cause });
  }
}

/**
 * Parses a JSON body (RFC 8259): UTF-8 without byte order mark. Throws `validation_failed` and says which
 * rule was broken.
 */
export function readJsonBody(text: string): unknown {
  if (text.startsWith('\uFEFF')) throw httpRefusals.body_begins_with_mark();
  // Bytes that aren't UTF-8 have been decoded to this character by API Gateway or by us; a client that
  // sends it has text that was damaged earlier.
  if (text.includes('\uFFFD')) throw httpRefusals.body_damaged();
  const value = readJson(text);
  if (typeof value === 'object' && value !== null) refuseUnkept(value);
  return value;
}
