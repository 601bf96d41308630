import { AppError } from '../../domain/errors.ts';

/**
 * What keeps an import from going on, said to the person who started it: what is wrong and what to do. Shown
 * without a stack.
 */
export class ImportProblem extends Error {
  override readonly name = 'ImportProblem';
}

/**
 * Does something with the table. When the database goes away meanwhile, or refuses, that is an
 * `ImportProblem`: what happened, and in `goOn` how far it came and how to go on.
 */
export async function withDatabase<Result>(work: () => Promise<Result>, goOn: () => string): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ImportProblem) throw error;
    const reason = error instanceof AppError && error.code !== 'internal' ? error.message : failureOf(error);
    if (reason === undefined) throw error;
    throw new ImportProblem(`\n  ${reason}\n  ${goOn()}\n`, { cause: error });
  }
}

const unreachable = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN'],
  ...['EHOSTUNREACH', 'ENETUNREACH', 'ENETDOWN'],
]);

/** What a failure of the database is to a person; undefined when it is none. */
function failureOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  // ElectroDB wraps what the SDK throws.
  const inner = failureOf(error.cause);
  if (inner !== undefined) return inner;
  const { name, message } = error;
  const code = 'code' in error ? String(error.code) : '';
  if (unreachable.has(code)) return `The database does not answer (${code}).`;
  if (name === 'TimeoutError') return 'The database does not answer in time.';
  const refused =
    '$metadata' in error || name === 'CredentialsProviderError' || message === 'Region is missing';
  return refused ? `The database refused: ${message}` : undefined;
}
