import { isServerError, isThrottlingError, isTransientError } from '@smithy/core/retry';

type SdkError = Parameters<typeof isThrottlingError>[0];
const isError = (error: unknown): error is SdkError => error instanceof Error;

/**
 * Whether a failure says that a service can't take the request now: it is throttled, down or out of reach.
 */
export function isBusy(error: unknown): boolean {
  // ElectroDB wraps what the SDK throws.
  const cause = isError(error) ? (error.cause ?? error) : error;
  return isError(cause) && (isThrottlingError(cause) || isTransientError(cause) || isServerError(cause));
}
