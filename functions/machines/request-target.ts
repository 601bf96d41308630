import { type LookupAddress, type LookupOptions, lookup } from 'node:dns';
import { request as http } from 'node:http';
import { request as https } from 'node:https';
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import type { RequestTarget } from '../../domain/webhook/send-webhooks.ts';
import type { Attempt } from '../../domain/webhook/webhook.schema.ts';

/** The time limit for a target, from DNS lookup to the end of the response. */
const timeoutMs = 10_000;
/** How much of a response is read, to close the connection cleanly; nothing of it is stored. */
const mostBytes = 64_000;

/** Why a request was refused before it was sent. */
class RefusedAddress extends Error {
  override readonly name = 'RefusedAddress';
}

/**
 * Whether an IP address belongs to the public internet. IPv4-mapped IPv6 addresses (`::ffff:127.0.0.1`)
 * count as IPv4; addresses of tunnels and translators (6to4, Teredo, NAT64) aren't public, because they
 * lead elsewhere.
 */
export function isPublic(address: string): boolean {
  return ipaddr.isValid(address) && ipaddr.process(address).range() === 'unicast';
}

const isLocal = (address: string): boolean =>
  ipaddr.isValid(address) && ipaddr.process(address).range() === 'loopback';

/** Resolves a hostname to all of its addresses. */
export type Resolve = (
  hostname: string,
  options: LookupOptions & { readonly all: true },
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

interface Options {
  /** Whether loopback addresses are allowed too; only in the local run. */
  readonly isLocalAllowed?: boolean;
  readonly resolve?: Resolve;
  readonly timeout?: number;
}

/**
 * Calls webhook targets. The address that is checked is the one that the connection uses: a hostname is
 * resolved once, all its addresses must be public, and the connection goes to one of them. Redirects aren't
 * followed.
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
    // Node doesn't look up literal addresses, so these have to be checked separately.
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

/** Sends a request on a connection of its own and returns the response's status. */
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
