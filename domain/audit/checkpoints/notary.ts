import { sha256 } from '../sha256.ts';
import { joined, toBase64, utf8 } from '../tree/hash.ts';

/** A key that signs, of which only the public half is known. */
export interface SigningKey {
  /** The 32 bytes of an Ed25519 key. */
  publicKey(): Promise<Uint8Array>;
  sign(text: string): Promise<Uint8Array>;
}

/** Where signed notes are kept so that nobody can change them. */
export interface Anchors {
  /** Puts an object unless there is one. */
  put(key: string, text: string): Promise<void>;
  read(key: string): Promise<string>;
}

/** Who signs notes, by the name of the site. */
export interface Notary {
  /** `<site host>/audit`: the name of the key, and what the origin of every log begins with. */
  readonly name: string;
  /** The verifier key, as c2sp.org/signed-note writes it. */
  key(): Promise<string>;
  /** The text with its signature below. */
  sign(text: string): Promise<string>;
}

/** Signature type of c2sp.org/signed-note: Ed25519. */
const ed25519 = 1;
const idBytes = 4;

const hex = (bytes: Uint8Array): string =>
  [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** Signs as c2sp.org/signed-note says. The key is asked for once. */
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
