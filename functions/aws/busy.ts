import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { isServerError, isThrottlingError, isTransientError } from '@smithy/core/retry';

type SdkError = Parameters<typeof isThrottlingError>[0];
const isError = (error: unknown): error is SdkError => error instanceof Error;

// ElectroDB wraps what the SDK throws.
const causeOf = (error: unknown): unknown => (isError(error) ? (error.cause ?? error) : error);

/** Whether a transaction was cancelled for one of these reasons. */
const isCancelledFor = (error: unknown, reasons: readonly string[]): boolean =>
  error instanceof TransactionCanceledException &&
  (error.CancellationReasons ?? []).some(({ Code = '' }) => reasons.includes(Code));

/** Reasons that say "not now". */
const busyReasons = ['ThrottlingError', 'ProvisionedThroughputExceeded', 'TransactionConflict'];

/** Whether the table says that a request can't be right, and so would say it every time. */
export function isInvalid(error: unknown): boolean {
  const cause = causeOf(error);
  return (
    isError(cause) && (cause.name === 'ValidationException' || isCancelledFor(cause, ['ValidationError']))
  );
}

/**
 * Whether a failure says that a service can't take the request now: it is throttled, down or out of reach.
 */
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
