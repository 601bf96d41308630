import { randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { subscribe } from 'node:diagnostics_channel';
import { ClientRequest, IncomingMessage } from 'node:http';
import * as z from 'zod/mini';

/** Where a request hangs in its trace: below the segment that Lambda has begun for this invocation. */
interface Parent {
  readonly trace: string;
  readonly segment: string;
}

/** A call of AWS as X-Ray shows it. Source: X-Ray Developer Guide, "Segment documents", subsegments. */
interface Call {
  readonly id: string;
  readonly name: string;
  readonly namespace: 'aws';
  readonly aws: { readonly operation: string };
  readonly start_time: number;
  end_time?: number;
  fault?: boolean;
  http?: { readonly response: { readonly status: number } };
}

const seconds = () => Date.now() / 1000;
const id = () => randomBytes(8).toString('hex');

/** Calls under way and done since the request began: an environment handles one request at a time. */
const calls = new Map<ClientRequest, Call>();

/** Service and operation by a call's target header, its address or its host: nothing that it is about. */
function calledOf(request: ClientRequest): readonly [service: string, operation: string] {
  const target = /^(\w+?)(?:_\d+)?\.(\w+)$/.exec(String(request.getHeader('x-amz-target') ?? ''));
  if (target !== null) return [target[1] ?? '', target[2] ?? ''];
  if (/^\/2015-03-31\/functions\//.test(request.path)) return ['Lambda', 'Invoke'];
  return [request.host.split('.')[0] ?? '', request.method];
}

/** The message of one of Node's channels for HTTP. They exist since Node 20, and name no types. */
const Message = z.object({
  request: z.instanceof(ClientRequest),
  response: z.optional(z.instanceof(IncomingMessage)),
});

/** Listens to Node's own HTTP client, by which every client of the AWS SDK sends. */
function listen(channel: string, on: (message: z.infer<typeof Message>) => void): void {
  subscribe(`http.client.${channel}`, (message) => on(Message.parse(message)));
}

listen('request.start', ({ request }) => {
  const [name, operation] = calledOf(request);
  calls.set(request, { id: id(), name, namespace: 'aws', aws: { operation }, start_time: seconds() });
});
listen('response.finish', ({ request, response }) => {
  const call = calls.get(request);
  if (call === undefined) return;
  call.end_time = seconds();
  call.http = { response: { status: response?.statusCode ?? 0 } };
});
listen('request.error', ({ request }) => {
  const call = calls.get(request);
  if (call === undefined) return;
  call.end_time = seconds();
  call.fault = true;
});

/** What Lambda says of an invocation's trace; undefined for one that isn't sampled. */
export function parentOf(header: string): Parent | undefined {
  const { Root, Parent, Sampled } = Object.fromEntries(header.split(';').map((part) => part.split('=')));
  return Sampled === '1' && Root && Parent ? { trace: Root, segment: Parent } : undefined;
}

/** Begins a request's part of the trace; what it answers ends it, and has reached the daemon then. */
export function beginTrace({ trace, segment }: Parent, daemon: string) {
  const began = seconds();
  calls.clear();
  return (annotations: Readonly<Record<string, string | number>>, failed: boolean): Promise<void> =>
    send(daemon, {
      ...{ name: 'request', id: id(), trace_id: trace, parent_id: segment, type: 'subsegment' },
      ...{ start_time: began, end_time: seconds(), fault: failed, annotations },
      subsegments: [...calls.values()].map((call) => ({ end_time: seconds(), ...call })),
    });
}

/** One datagram, which nobody answers: a trace that gets lost is no request's failure. */
function send(daemon: string, document: object): Promise<void> {
  const [host = '', port = ''] = daemon.split(':');
  const { promise, resolve } = Promise.withResolvers<void>();
  const socket = createSocket('udp4').unref();
  socket.once('error', () => resolve());
  const done = () => socket.close(() => resolve());
  socket.send(`{"format":"json","version":1}\n${JSON.stringify(document)}`, Number(port), host, done);
  return promise;
}
