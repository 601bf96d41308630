import { sha256 } from '../sha256.ts';
import { joined, toBase64, utf8 } from '../tree/hash.ts';

/** A signing key of which only the public part is known. */
export interface SigningKey {
  /** The 32 bytes of an Ed25519 key. */
  publicKey(): Promise<Uint8Array>;
  sign(text: string): Promise<Uint8Array>;
}

/** A write-once store for signed notes. */
export interface Anchors {
  /** Creates an object unless it exists. */
  put(key: string, text: string): Promise<void>;
  read(key: string): Promise<string>;
}

/** Signs notes under the site's name. */
export interface Notary {
  /** `<site host>/audit`: the key's name, and the start of every log's origin. */
  readonly name: string;
  /** The verifier key in the format of c2sp.org/signed-note. */
  key(): Promise<string>;
  /** The text with its signature appended. */
  sign(text: string): Promise<string>;
}

/** Signature type of c2sp.org/signed-note: Ed25519. */
const ed25519 = 1;
const idBytes = 4;

const hex = (bytes: Uint8Array): string =>
  [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** Signs according to c2sp.org/signed-note. The public key is fetched once. */
export function notaryOf(siteOrigin: string, signingKey: SigningKey): Notary {
  const name = `${new URL(siteOrigin).host}/audit`;
  let known: Promise<{ id: Uint8Array; typed: Uint8Array }> | undefined;
  const load = async () => {
    const typed = joined([[ed25519], await signingKey.publicKey()]);
    return { typed, id: sha256(joined([utf8(`${name}\n`), typed])).slice(0, idBytes) };
  };
  const identity = () => {
    known ??= load().catch((error: unknown) => {
      known = undefined;
      throw error;
    });
    return known;
  };
  return {
    name,
    async key() {
      const { id, typed } = await identity();
      return `${name}+${hex(id)}+${toBase64(typed)}`;
    },
    async sign(text) {
      const [{ id }, signature] = await Promise.all([identity(), signingKey.sign(text)]);
      return `${text}\n— ${name} ${toBase64(joined([id, signature]))}\n`;
    },
  };
}
