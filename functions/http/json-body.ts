import { fieldError } from '../../domain/field-errors.ts';
import { httpRefusals } from './http.refusals.ts';

/**
 * No body of ours is nested as deeply; what walks through a value by calling itself must not run out of
 * stack.
 */
const deepest = 32;

/** A value in the body, and where it is. */
type Placed = readonly [path: string, value: object];

function innerOf([path, value]: Placed): Placed[] {
  return Object.entries(value).flatMap(([name, inner]) =>
    typeof inner === 'object' && inner !== null ? [[path === '' ? name : `${path}.${name}`, inner]] : [],
  );
}

/**
 * Refuses what can be written in JSON, but not be kept or walked through. Level by level, since depth is what
 * is in question.
 */
export function refuseUnkept(whole: object): void {
  let level: Placed[] = [['', whole]];
  for (let depth = 1; level.length > 0; depth += 1) {
    if (depth > deepest) throw httpRefusals.body_too_deep({ levels: deepest });
    // An object can't have it as a property of its own once it is copied: it would vanish.
    for (const [path, value] of level)
      if (Object.hasOwn(value, '__proto__'))
        throw httpRefusals.request_wrong(
          {},
          { fields: [fieldError(path, 'unknown_names', { names: '"__proto__"' })] },
        );
    level = level.flatMap(innerOf);
  }
}

/** Reads JSON. Throws `validation_failed`. */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw httpRefusals.body_not_json({}, { cause });
  }
}

/**
 * Reads a body as RFC 8259 has it: in UTF-8, without a byte order mark. Throws `validation_failed`, in words
 * that say which it is.
 */
export function readJsonBody(text: string): unknown {
  if (text.startsWith('\uFEFF')) throw httpRefusals.body_begins_with_mark();
  // What isn't UTF-8 has been read as this by API Gateway or by us. Whoever sends it as such has a text that
  // was damaged before.
  if (text.includes('\uFFFD')) throw httpRefusals.body_damaged();
  const value = readJson(text);
  if (typeof value === 'object' && value !== null) refuseUnkept(value);
  return value;
}
