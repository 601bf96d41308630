import { randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { subscribe } from 'node:diagnostics_channel';
import { ClientRequest, IncomingMessage } from 'node:http';
import * as z from 'zod/mini';

/** The parent of a request's trace: the segment that Lambda has started for this invocation. */
interface Parent {
  readonly trace: string;
  readonly segment: string;
}

/** A call to AWS, as X-Ray records it. Source: X-Ray Developer Guide, "Segment documents", subsegments. */
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

/** Calls since the request started: an execution environment handles one request at a time. */
const calls = new Map<ClientRequest, Call>();

/** A call's service and operation, from its target header, path or host; nothing about its content. */
function calledOf(request: ClientRequest): readonly [service: string, operation: string] {
  const target = /^(\w+?)(?:_\d+)?\.(\w+)$/.exec(String(request.getHeader('x-amz-target') ?? ''));
  if (target !== null) return [target[1] ?? '', target[2] ?? ''];
  if (/^\/2015-03-31\/functions\//.test(request.path)) return ['Lambda', 'Invoke'];
  return [request.host.split('.')[0] ?? '', request.method];
}

/** Message of a Node.js HTTP diagnostics channel. Available since Node 20, without types. */
const Message = z.object({
  request: z.instanceof(ClientRequest),
  response: z.optional(z.instanceof(IncomingMessage)),
});

/** Subscribes to Node's HTTP client, which all AWS SDK clients use. */
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

/** The trace header of an invocation; undefined if it isn't sampled. */
export function parentOf(header: string): Parent | undefined {
  const { Root, Parent, Sampled } = Object.fromEntries(header.split(';').map((part) => part.split('=')));
  return Sampled === '1' && Root && Parent ? { trace: Root, segment: Parent } : undefined;
}

/**
 * Starts a request's subsegment. The returned function ends it and resolves once the daemon has received
 * it.
 */
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

/** A UDP datagram without a response: a lost trace doesn't fail the request. */
function send(daemon: string, document: object): Promise<void> {
  const [host = '', port = ''] = daemon.split(':');
  const { promise, resolve } = Promise.withResolvers<void>();
  const socket = createSocket('udp4').unref();
  socket.once('error', () => resolve());
  const done = () => socket.close(() => resolve());
  socket.send(`{"format":"json","version":1}\n${JSON.stringify(document)}`, Number(port), host, done);
  return promise;
}
