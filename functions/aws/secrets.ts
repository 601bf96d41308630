import { AppError } from '../../domain/errors.ts';

/** How long a warm function caches a secret. */
const keptMs = 5 * 60_000;
/**
 * The minimum time between re-reads of a secret that may have changed, so that bad signatures can't cause
 * more.
 */
const againMs = 30_000;

interface Reading {
  readonly text: Promise<string>;
  readonly at: number;
}

const kept = new Map<string, Reading>();
/** When each secret was last re-read on suspicion. */
const doubted = new Map<string, number>();

async function ask(id: string, VersionStage?: string): Promise<string> {
  // Loaded on first use, so that cold starts without a secret don't pay for the client.
  const { GetSecretValueCommand, SecretsManagerClient } = await import('@aws-sdk/client-secrets-manager');
  const { SecretString } = await new SecretsManagerClient({}).send(
    new GetSecretValueCommand({ SecretId: id, ...(VersionStage === undefined ? {} : { VersionStage }) }),
  );
  if (SecretString === undefined) throw new AppError('internal', `The secret ${id} has no text.`);
  return SecretString;
}

/** Reads a secret now. If that fails, the cached value is kept. */
function readAnew(id: string): Promise<string> {
  const known = kept.get(id);
  const reading = { text: ask(id), at: Date.now() };
  kept.set(id, reading);
  reading.text.catch(() => {
    if (kept.get(id) !== reading) return;
    if (known === undefined) kept.delete(id);
    else kept.set(id, known);
  });
  return reading.text;
}

/** A secret from AWS Secrets Manager, at most five minutes old. A failed read is retried on the next call. */
export function secret(id: string): Promise<string> {
  const known = kept.get(id);
  return known !== undefined && Date.now() - known.at < keptMs ? known.text : readAnew(id);
}

const noneBefore = 'ResourceNotFoundException';
const before = new Map<string, { readonly text: Promise<string | null>; readonly at: number }>();

/**
 * The previous version of a secret (`AWSPREVIOUS`), which still verifies what was made with it; null if
 * there is none. Read at most twice a minute.
 */
export function previousSecret(id: string): Promise<string | null> {
  const known = before.get(id);
  if (known !== undefined && Date.now() - known.at < againMs) return known.text;
  const text = ask(id, 'AWSPREVIOUS').catch((error: unknown) => {
    if (error instanceof Error && error.name === noneBefore) return null;
    // If it can't be read, the current version decides.
    return known?.text ?? null;
  });
  before.set(id, { text, at: Date.now() });
  return text;
}

/**
 * Re-reads a secret after a value made with it was refused. Returns the new text, or null if it hasn't
 * changed. Reads at most twice a minute.
 */
export async function changedSecret(id: string, used: string): Promise<string | null> {
  const now = Date.now();
  const isDue = now - (doubted.get(id) ?? 0) >= againMs;
  if (isDue) doubted.set(id, now);
  const text = await (isDue ? readAnew(id) : secret(id)).catch(() => used);
  return text === used ? null : text;
}
