/**
 * SHA-256, passed in because Node and the browser have different implementations and this folder runs in
 * both.
 */
export type Digest = (data: Uint8Array<ArrayBuffer>) => Uint8Array;

/** The browser's implementation is asynchronous. */
export type AnyDigest = (data: Uint8Array<ArrayBuffer>) => Uint8Array | Promise<Uint8Array>;

export type Hash = Uint8Array;

/** The size of a hash in bytes. */
export const hashBytes = 32;

const encoder = new TextEncoder();
export const utf8 = (text: string): Uint8Array<ArrayBuffer> => encoder.encode(text);

/** Concatenates the parts. */
export function joined(parts: readonly (Uint8Array | readonly number[])[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** The input of a leaf's hash (RFC 6962, section 2.1). Node inputs start with another byte. */
export const leafInput = (data: string): Uint8Array<ArrayBuffer> => joined([[0], utf8(data)]);

/** The input of a node's hash. */
export const nodeInput = (left: Hash, right: Hash): Uint8Array<ArrayBuffer> => joined([[1], left, right]);

export const sameHash = (one: Hash, other: Hash): boolean =>
  one.length === other.length && one.every((byte, at) => byte === other[at]);

export const toBase64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes));

/** Decodes standard base64; null if malformed or not canonical. */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> | null {
  try {
    const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
    return toBase64(bytes) === text ? bytes : null;
  } catch {
    return null;
  }
}
