import { accessSync, constants, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';

const memory = '/dev/shm';
const enough = 2 ** 31;

/**
 * Where tests keep what they throw away: in memory where Linux has room for that, as the engine waits for the
 * disk at each write (a write takes 5 ms there, and 1 ms in memory), else the system's directory for
 * temporary files.
 */
export function throwawayDirectory(): string {
  try {
    accessSync(memory, constants.W_OK);
    const { bavail, bsize } = statfsSync(memory);
    return bavail * bsize > enough ? memory : tmpdir();
  } catch {
    return tmpdir();
  }
}
