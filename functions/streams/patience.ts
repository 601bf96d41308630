import type { Context } from 'aws-lambda';
import { AppError } from '../../domain/errors.ts';
import { backoff } from '../../domain/table/backoff.ts';
import { isBusy } from '../aws/busy.ts';

// Longer than the longest wait plus one attempt, so that no invocation times out.
const reserveMs = 30_000;
/** The number of attempts after which waits stop growing; they are up to 6.4 seconds by then. */
const longestWait = 8;

/** Whether an error is temporary: a service is throttling, or concurrent writes keep winning. */
export const mayPass = (error: unknown): boolean =>
  isBusy(error) || (error instanceof AppError && error.code === 'conflict');

/**
 * Retries as long as a service is throttling and the invocation has time left. The rest of the batch stays
 * in the stream.
 */
export class Patience {
  /** How often it has waited. */
  waits = 0;
  readonly #invocation: Pick<Context, 'getRemainingTimeInMillis'>;
  readonly #end: number;

  /** @param ms maximum total waiting time; by default limited by the invocation only */
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
