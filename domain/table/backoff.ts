import { randomInt } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

/**
 * Waits before the next attempt, longer after each (`attempt`: 1 and up), with full jitter, because callers
 * that wait equally long collide again.
 */
export const backoff = (attempt: number): Promise<void> => pause(randomInt(25 * 2 ** attempt));
