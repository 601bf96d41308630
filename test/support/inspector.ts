import * as z from 'zod';

const Target = z.tuple([z.object({ webSocketDebuggerUrl: z.string() })]);
const Message = z.object({
  id: z.number().optional(),
  method: z.string().optional(),
  params: z.unknown().optional(),
  result: z.unknown().optional(),
});
type Handler = (params: unknown) => void;

/** A session of the inspector's protocol: commands with their responses, and events. */
export interface InspectorSession {
  send(method: string, params?: object): Promise<unknown>;
  on(method: string, handler: Handler): void;
}

/** A session over a channel of strings; `receive` accepts incoming ones. */
function session(write: (message: string) => void): InspectorSession & { receive(text: string): void } {
  const waiting = new Map<number, (result: unknown) => void>();
  const handlers = new Map<string, Handler>();
  let sent = 0;
  return {
    async send(method, params = {}) {
      sent += 1;
      const { promise, resolve } = Promise.withResolvers<unknown>();
      waiting.set(sent, resolve);
      write(JSON.stringify({ id: sent, method, params }));
      return await promise;
    },
    on: (method, handler) => void handlers.set(method, handler),
    receive(text) {
      const { id, method, params, result } = Message.parse(JSON.parse(text));
      if (id !== undefined) waiting.get(id)?.(result);
      else handlers.get(method ?? '')?.(params);
    },
  };
}

const Attached = z.object({ sessionId: z.string() });
const Received = z.object({ sessionId: z.string(), message: z.string() });

/**
 * Connects to the inspector like a debugger, and calls back with a session for each worker thread, existing
 * and future ones.
 * @returns a function that disconnects
 */
export async function attachToWorkers(
  port: number,
  onWorker: (worker: InspectorSession) => void,
): Promise<() => void> {
  const [{ webSocketDebuggerUrl }] = Target.parse(
    await (await fetch(`http://127.0.0.1:${port}/json/list`)).json(),
  );
  const socket = new WebSocket(webSocketDebuggerUrl);
  await new Promise((resolve) => socket.addEventListener('open', resolve, { once: true }));
  const main = session((message) => socket.send(message));
  socket.addEventListener('message', ({ data }) => main.receive(String(data)));
  const workers = new Map<string, ReturnType<typeof session>>();
  main.on('NodeWorker.attachedToWorker', (params) => {
    const { sessionId } = Attached.parse(params);
    const worker = session(
      (message) => void main.send('NodeWorker.sendMessageToWorker', { sessionId, message }),
    );
    workers.set(sessionId, worker);
    onWorker(worker);
  });
  main.on('NodeWorker.receivedMessageFromWorker', (params) => {
    const { sessionId, message } = Received.parse(params);
    workers.get(sessionId)?.receive(message);
  });
  await main.send('NodeWorker.enable', { waitForDebuggerOnStart: false });
  return () => socket.close();
}
