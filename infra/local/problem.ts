/**
 * A problem that the user can solve. The message states the problem and the remedy, and is shown without a
 * stack.
 */
export class LocalProblem extends Error {
  override readonly name = 'LocalProblem';
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'it is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'your disk quota is used up',
  ENOTDIR: 'part of the path is a file',
};

/** Turns a file system error into a `LocalProblem`; other errors are returned unchanged. */
export function fileProblem(error: unknown): unknown {
  if (!(error instanceof Error && 'code' in error && 'path' in error)) return error;
  const reason = reasons[String(error.code)];
  if (reason === undefined) return error;
  return new LocalProblem(
    `${error.path} can't be written: ${reason}. Fix this, or choose another folder with MTCMS_STATE_DIRECTORY.`,
    { cause: error },
  );
}
