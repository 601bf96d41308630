import { isServerError, isThrottlingError, isTransientError } from '@smithy/core/retry';

type SdkError = Parameters<typeof isThrottlingError>[0];
const isError = (error: unknown): error is SdkError => error instanceof Error;

// ElectroDB wraps what the SDK throws.
const causeOf = (error: unknown): unknown => (isError(error) ? (error.cause ?? error) : error);

/** Whether the table says that a request can't be right, and so would say it every time. */
export function isInvalid(error: unknown): boolean {
  const cause = causeOf(error);
  return isError(cause) && cause.name === 'ValidationException';
}

/**
 * Whether a failure says that a service can't take the request now: it is throttled, down or out of reach.
 */
export function isBusy(error: unknown): boolean {
  const cause = causeOf(error);
  return isError(cause) && (isThrottlingError(cause) || isTransientError(cause) || isServerError(cause));
}
