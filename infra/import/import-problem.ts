import { AppError } from '../../domain/errors.ts';

/**
 * Why an import can't continue, for the person who started it: what is wrong and what to do. Shown without
 * a stack trace.
 */
export class ImportProblem extends Error {
  override readonly name = 'ImportProblem';
}

/**
 * Runs an operation on the table. If the database becomes unavailable or refuses, throws an
 * `ImportProblem`: what happened and, from `goOn`, how far the import came and how to continue.
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

/** A database error as text for people; undefined for other errors. */
function failureOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  // ElectroDB wraps the SDK's errors.
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
