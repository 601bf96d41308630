import type { Context } from 'aws-lambda';
import { AppError } from '../../domain/errors.ts';
import { backoff } from '../../domain/table/backoff.ts';
import { isBusy } from '../aws/busy.ts';

// Longer than the longest wait and the attempt after it, so that no invocation ends without an answer.
const reserveMs = 30_000;
/** Attempts after which waits grow no longer: by then they are of up to 6.4 seconds. */
const longestWait = 8;

/** Whether a failure is none of what is tried: a service is busy, or others are always faster. */
export const mayPass = (error: unknown): boolean =>
  isBusy(error) || (error instanceof AppError && error.code === 'conflict');

/**
 * Tries again for as long as a service is busy and the invocation has time. What comes after waits in the
 * stream.
 */
export class Patience {
  /** How often it has waited. */
  waits = 0;
  readonly #invocation: Pick<Context, 'getRemainingTimeInMillis'>;
  readonly #end: number;

  /** @param ms for how long it waits at most, if not as long as the invocation lasts */
  constructor(invocation: Pick<Context, 'getRemainingTimeInMillis'>, ms = Number.POSITIVE_INFINITY) {
    this.#invocation = invocation;
    this.#end = Date.now() + ms;
  }

  get #hasTime(): boolean {
    return this.#invocation.getRemainingTimeInMillis() >= reserveMs && Date.now() < this.#end;
  }

  async until<Result>(action: () => Promise<Result>): Promise<Result> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await action();
      } catch (error) {
        if (!mayPass(error) || !this.#hasTime) throw error;
        this.waits += 1;
        await backoff(Math.min(attempt, longestWait));
      }
    }
  }
}
