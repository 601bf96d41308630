/**
 * A problem that the person at the machine can solve. The message says what is wrong and what to do, and is
 * shown without a stack.
 */
export class LocalProblem extends Error {
  override readonly name = 'LocalProblem';
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'you may not write there',
  EPERM: 'you may not write there',
  EROFS: 'it is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'your share of the disk is used up',
  ENOTDIR: 'a part of the path is a file',
};

/** Turns a file system error into a `LocalProblem`; other errors are returned unchanged. */
export function fileProblem(error: unknown): unknown {
  if (!(error instanceof Error && 'code' in error && 'path' in error)) return error;
  const reason = reasons[String(error.code)];
  if (reason === undefined) return error;
  return new LocalProblem(
    `${error.path} can't be written: ${reason}. Make room for it, or name another folder in MTCMS_STATE_DIRECTORY.`,
    { cause: error },
  );
}
