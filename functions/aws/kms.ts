import type { KMSClient } from '@aws-sdk/client-kms';

let client: KMSClient | undefined;

// Loaded on first use, so that runs without signatures don't pay for the client.
async function load() {
  const sdk = await import('@aws-sdk/client-kms');
  client ??= new sdk.KMSClient({});
  return { ...sdk, client };
}

/**
 * Signs text with an Ed25519 key in AWS KMS. This algorithm takes the message itself, up to 4,096 bytes.
 * Source: AWS KMS API Reference, Sign.
 */
export async function signText(keyId: string, text: string): Promise<Uint8Array> {
  const { client, SignCommand } = await load();
  const { Signature } = await client.send(
    new SignCommand({
      KeyId: keyId,
      Message: new TextEncoder().encode(text),
      MessageType: 'RAW',
      SigningAlgorithm: 'ED25519_SHA_512',
    }),
  );
  if (Signature === undefined) throw new Error('KMS answered Sign without a signature');
  return Signature;
}

/** The length of the raw key at the end of an Ed25519 key in DER (RFC 8410). */
const keyBytes = 32;

/** The raw public key of an Ed25519 key, 32 bytes. */
export async function publicKeyOf(keyId: string): Promise<Uint8Array> {
  const { client, GetPublicKeyCommand } = await load();
  const { PublicKey } = await client.send(new GetPublicKeyCommand({ KeyId: keyId }));
  if (PublicKey === undefined) throw new Error('KMS answered GetPublicKey without a key');
  return PublicKey.slice(-keyBytes);
}
