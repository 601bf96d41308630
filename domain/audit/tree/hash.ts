/**
 * SHA-256. Whoever uses the tree passes it in, because Node and the browser have different ones: this folder
 * runs in both.
 */
export type Digest = (data: Uint8Array<ArrayBuffer>) => Uint8Array;

/** The browser's own is asynchronous. */
export type AnyDigest = (data: Uint8Array<ArrayBuffer>) => Uint8Array | Promise<Uint8Array>;

export type Hash = Uint8Array;

/** Bytes of a hash. */
export const hashBytes = 32;

const encoder = new TextEncoder();
export const utf8 = (text: string): Uint8Array<ArrayBuffer> => encoder.encode(text);

/** Parts, one behind the other. */
export function joined(parts: readonly (Uint8Array | readonly number[])[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** What is hashed for a leaf, RFC 6962 section 2.1: no node's input begins with the same byte. */
export const leafInput = (data: string): Uint8Array<ArrayBuffer> => joined([[0], utf8(data)]);

/** What is hashed for a node. */
export const nodeInput = (left: Hash, right: Hash): Uint8Array<ArrayBuffer> => joined([[1], left, right]);

export const sameHash = (one: Hash, other: Hash): boolean =>
  one.length === other.length && one.every((byte, at) => byte === other[at]);

export const toBase64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes));

/** The bytes of standard base64; null for anything else, also for a second spelling of the same bytes. */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> | null {
  try {
    const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
    return toBase64(bytes) === text ? bytes : null;
  } catch {
    return null;
  }
}
