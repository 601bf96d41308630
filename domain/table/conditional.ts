import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';

/** Whether a single write happened: false when its own condition didn't hold. Every other failure is thrown. */
export async function happened(write: Promise<unknown>): Promise<boolean> {
  try {
    await write;
    return true;
  } catch (error) {
    // ElectroDB wraps what the SDK throws.
    const cause = error instanceof Error ? (error.cause ?? error) : error;
    if (cause instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}
