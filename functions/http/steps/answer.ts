import { createHash } from 'node:crypto';
import { AppError } from '../../../domain/errors.ts';
import { etagOf } from '../entity-tag.ts';
import { FileAnswer } from '../file-answer.ts';
import type { ApiAnswer } from '../request.ts';
import type { Route } from '../route.ts';

/**
 * Makes a change for each state that `If-Match` names, until one of them is the present state; that is all
 * but always one. What changes nothing runs once, without a state.
 */
export async function inTurn<Result>(
  [first, ...others]: readonly number[],
  run: (revision: number | undefined) => Promise<Result>,
): Promise<Result> {
  try {
    return await run(first);
  } catch (error) {
    if (others.length === 0 || !(error instanceof AppError && error.code === 'stale')) throw error;
    return await inTurn(others, run);
  }
}

/** What a handler answered as the route sends it: JSON with the resource's ETag, a file, or nothing. */
export function answerOf({ status: statusCode, cacheSeconds }: Route, result: unknown): ApiAnswer {
  if (result === undefined) return { statusCode };
  const file =
    result instanceof FileAnswer
      ? result
      : new FileAnswer(JSON.stringify(result), { ...etagFor(result), 'content-type': 'application/json' });
  const caching = cacheSeconds === undefined ? {} : cacheable(file.text, cacheSeconds);
  return { statusCode, headers: { ...caching, ...file.headers }, body: file.text };
}

/** By which caches keep an answer, and ask whether it is still the same. */
const cacheable = (text: string, seconds: number) => ({
  'cache-control': `public, max-age=${seconds}`,
  etag: `"${createHash('sha256').update(text).digest('hex').slice(0, 32)}"`,
});

const etagFor = (result: unknown) =>
  typeof result === 'object' && result !== null && 'revision' in result && typeof result.revision === 'number'
    ? { etag: etagOf(result.revision) }
    : {};
