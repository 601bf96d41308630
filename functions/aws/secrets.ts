import { AppError } from '../../domain/errors.ts';

/** For how long a warm function goes on with a secret that it has read. */
const keptMs = 5 * 60_000;
/**
 * How long it waits before it asks again whether a secret is another by now: whoever sends bad signatures
 * asks no oftener.
 */
const againMs = 30_000;

interface Reading {
  readonly text: Promise<string>;
  readonly at: number;
}

const kept = new Map<string, Reading>();
/** When it was last asked, by secret, whether it has been changed. */
const doubted = new Map<string, number>();

async function ask(id: string, VersionStage?: string): Promise<string> {
  // Loaded on first use: a cold start that needs no secret doesn't pay for the client.
  const { GetSecretValueCommand, SecretsManagerClient } = await import('@aws-sdk/client-secrets-manager');
  const { SecretString } = await new SecretsManagerClient({}).send(
    new GetSecretValueCommand({ SecretId: id, ...(VersionStage === undefined ? {} : { VersionStage }) }),
  );
  if (SecretString === undefined) throw new AppError('internal', `The secret ${id} has no text.`);
  return SecretString;
}

/** Reads a secret now. Where that fails, what was known before stays. */
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

/**
 * The text of a secret in AWS Secrets Manager, at most five minutes old; a failed reading is tried again next
 * time.
 */
export function secret(id: string): Promise<string> {
  const known = kept.get(id);
  return known !== undefined && Date.now() - known.at < keptMs ? known.text : readAnew(id);
}

const noneBefore = 'ResourceNotFoundException';
const before = new Map<string, { readonly text: Promise<string | null>; readonly at: number }>();

/**
 * The text that a secret had before the present one (`AWSPREVIOUS`), which is still good for what we have
 * made with it; null where it never had another. It is read at most twice a minute.
 */
export function previousSecret(id: string): Promise<string | null> {
  const known = before.get(id);
  if (known !== undefined && Date.now() - known.at < againMs) return known.text;
  const text = ask(id, 'AWSPREVIOUS').catch((error: unknown) => {
    if (error instanceof Error && error.name === noneBefore) return null;
    // What can't be read now is no reason to fail: the present one decides.
    return known?.text ?? null;
  });
  before.set(id, { text, at: Date.now() });
  return text;
}

/**
 * The text of a secret that may have been changed, since what it was used for was refused: null where it is
 * still the one that was used. It is read again for this at most twice a minute.
 */
export async function changedSecret(id: string, used: string): Promise<string | null> {
  const now = Date.now();
  const isDue = now - (doubted.get(id) ?? 0) >= againMs;
  if (isDue) doubted.set(id, now);
  const text = await (isDue ? readAnew(id) : secret(id)).catch(() => used);
  return text === used ? null : text;
}
