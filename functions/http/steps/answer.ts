import { createHash } from 'node:crypto';
import { AppError } from '../../../domain/errors.ts';
import { etagOf } from '../entity-tag.ts';
import { FileAnswer } from '../file-answer.ts';
import type { ApiAnswer } from '../request.ts';
import type { Route } from '../route.ts';

/**
 * Tries a change at each revision that `If-Match` names, almost always one, until one of them is the present
 * revision. A route that changes nothing runs once, without a revision.
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

/** The response for a handler's result: JSON with the resource's ETag, a file, or no body. */
export function answerOf({ status: statusCode, cacheSeconds }: Route, result: unknown): ApiAnswer {
  if (result === undefined) return { statusCode };
  const file =
    result instanceof FileAnswer
      ? result
      : new FileAnswer(JSON.stringify(result), { ...etagFor(result), 'content-type': 'application/json' });
  const caching = cacheSeconds === undefined ? {} : cacheable(file.text, cacheSeconds);
  return { statusCode, headers: { ...caching, ...file.headers }, body: file.text };
}

/** The headers by which caches store the response and revalidate it. */
const cacheable = (text: string, seconds: number) => ({
  'cache-control': `public, max-age=${seconds}`,
  etag: `"${createHash('sha256').update(text).digest('hex').slice(0, 32)}"`,
});

const etagFor = (result: unknown) =>
  typeof result === 'object' && result !== null && 'revision' in result && typeof result.revision === 'number'
    ? { etag: etagOf(result.revision) }
    : {};
