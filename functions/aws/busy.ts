import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { isServerError, isThrottlingError, isTransientError } from '@smithy/core/retry';

type SdkError = Parameters<typeof isThrottlingError>[0];
const isError = (error: unknown): error is SdkError => error instanceof Error;

// ElectroDB wraps the SDK's errors.
const causeOf = (error: unknown): unknown => (isError(error) ? (error.cause ?? error) : error);

/** Whether a transaction was cancelled for one of these reasons. */
const isCancelledFor = (error: unknown, reasons: readonly string[]): boolean =>
  error instanceof TransactionCanceledException &&
  (error.CancellationReasons ?? []).some(({ Code = '' }) => reasons.includes(Code));

/** Cancellation reasons that are temporary. */
const busyReasons = ['ThrottlingError', 'ProvisionedThroughputExceeded', 'TransactionConflict'];

/** Whether the table rejected a request as invalid, so that retrying is pointless. */
export function isInvalid(error: unknown): boolean {
  const cause = causeOf(error);
  return (
    isError(cause) && (cause.name === 'ValidationException' || isCancelledFor(cause, ['ValidationError']))
  );
}

/** Whether an error means that a service is temporarily unavailable: throttled, down or unreachable. */
export function isBusy(error: unknown): boolean {
  const cause = causeOf(error);
  return (
    isError(cause) &&
    (isCancelledFor(cause, busyReasons) ||
      isThrottlingError(cause) ||
      isTransientError(cause) ||
      isServerError(cause))
  );
}
