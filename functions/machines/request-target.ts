import { type LookupAddress, type LookupOptions, lookup } from 'node:dns';
import { request as http } from 'node:http';
import { request as https } from 'node:https';
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import type { RequestTarget } from '../../domain/webhook/send-webhooks.ts';
import type { Attempt } from '../../domain/webhook/webhook.schema.ts';

/** For how long a target is waited for, from the first look-up to the end of its answer. */
const timeoutMs = 10_000;
/** So much of an answer is read, to let a connection end in order; nothing of it is kept. */
const mostBytes = 64_000;

/** Why a request got no answer. */
class RefusedAddress extends Error {
  override readonly name = 'RefusedAddress';
}

/**
 * Whether an address is one of the public internet. IPv4 addresses in IPv6 (`::ffff:127.0.0.1`) count as what
 * they are; those of tunnels and translators (6to4, Teredo, NAT64) are no public ones, because they lead
 * elsewhere.
 */
export function isPublic(address: string): boolean {
  return ipaddr.isValid(address) && ipaddr.process(address).range() === 'unicast';
}

const isLocal = (address: string): boolean =>
  ipaddr.isValid(address) && ipaddr.process(address).range() === 'loopback';

/** Looks a name up: all of its addresses. */
export type Resolve = (
  hostname: string,
  options: LookupOptions & { readonly all: true },
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

interface Options {
  /** Whether this machine's own addresses are called too: in the local run only. */
  readonly isLocalAllowed?: boolean;
  readonly resolve?: Resolve;
  readonly timeout?: number;
}

/**
 * Calls targets of webhooks. The address is judged that the connection goes to: a name is looked up once, all
 * its addresses have to be public, and the connection is made to one of these. No redirect is followed.
 */
export function requestTarget({
  isLocalAllowed = false,
  resolve = lookup,
  timeout = timeoutMs,
}: Options = {}): RequestTarget {
  const isAllowed = (address: string) => isPublic(address) || (isLocalAllowed && isLocal(address));

  const judged: LookupFunction = (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, []);
      if (addresses.length === 0 || !addresses.every(({ address }) => isAllowed(address)))
        return callback(new RefusedAddress(hostname), []);
      const [first] = addresses;
      if (options.all || first === undefined) return callback(null, addresses);
      return callback(null, first.address, first.family);
    });
  };

  return (url, { headers, body }) => {
    const started = Date.now();
    const { protocol, hostname } = new URL(url);
    const literal = hostname.replace(/^\[|\]$/g, '');
    // Node looks no literal address up, so that none comes by `judged`.
    const isRefused =
      (ipaddr.isValid(literal) && !isAllowed(literal)) || !(protocol === 'https:' || isLocalAllowed);
    const answered = isRefused
      ? Promise.reject(new RefusedAddress(hostname))
      : send(url, { headers, body, lookup: judged, timeout });
    return answered.then(
      (status): Omit<Attempt, 'at'> => ({ status, milliseconds: Date.now() - started }),
      (error: unknown) => ({ problem: problemOf(error), milliseconds: Date.now() - started }),
    );
  };
}

function problemOf(error: unknown): NonNullable<Attempt['problem']> {
  if (error instanceof RefusedAddress) return 'refused-address';
  return error instanceof Error && ['TimeoutError', 'AbortError'].includes(error.name)
    ? 'timeout'
    : 'unreachable';
}

interface Sending {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly lookup: LookupFunction;
  readonly timeout: number;
}

/** Sends a request by a connection of its own, and answers the status of its answer. */
function send(url: string, { headers, body, lookup: judged, timeout }: Sending): Promise<number> {
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(timeout);
    const request = (url.startsWith('https:') ? https : http)(url, {
      method: 'POST',
      agent: false,
      lookup: judged,
      signal,
      headers: {
        ...headers,
        'content-type': 'application/json',
        'content-length': String(Buffer.byteLength(body)),
        'user-agent': 'MTCMS-Webhooks/1',
      },
    });
    request.on('error', (error) => reject(signal.aborted ? signal.reason : error));
    request.on('response', (response) => {
      const { statusCode = 0 } = response;
      let bytes = 0;
      const end = () => resolve(statusCode);
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.byteLength;
        if (bytes <= mostBytes) return;
        end();
        response.destroy();
      });
      response.on('end', end);
      response.on('error', (error) => reject(signal.aborted ? signal.reason : error));
    });
    request.end(body);
  });
}
