import { once } from 'node:events';
import { createServer } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { engineClient } from '../../infra/local/aws/engine/client.ts';

/** The fate of a write: refused, throttled, or the connection breaks before or after it is done. */
export type Fault = 'refuse' | 'throttle' | 'lose the request' | 'lose the answer';

const exception = (name: string) =>
  JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${name}`, message: name });
const answers = {
  refuse: exception('AccessDeniedException'),
  throttle: exception('ProvisionedThroughputExceededException'),
} as const;

const writes = /\.(PutItem|UpdateItem|DeleteItem|BatchWriteItem|TransactWriteItems)$/;

/** A proxy to the engine that injects faults into writes; `fault` decides for the next one. */
export async function startFaultyEngine(engineEndpoint: string) {
  const engine = engineClient(engineEndpoint);
  const control: { fault: () => Fault | undefined } = { fault: () => undefined };
  const server = createServer(async (incoming, response) => {
    try {
      const target = String(incoming.headers['x-amz-target']);
      const body = await buffer(incoming);
      const fault = writes.test(target) ? control.fault() : undefined;
      if (fault === 'lose the request') return void incoming.socket.destroy();
      if (fault === 'refuse' || fault === 'throttle')
        return void response
          .writeHead(400, { 'content-type': 'application/x-amz-json-1.0' })
          .end(answers[fault]);
      const passed = await engine.send(target, body);
      const text = await buffer(passed);
      if (fault === 'lose the answer') return void incoming.socket.destroy();
      const { 'transfer-encoding': _, ...headers } = passed.headers;
      response.writeHead(passed.statusCode ?? 500, headers).end(text);
    } catch (error) {
      response.destroy(error instanceof Error ? error : new Error(String(error)));
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the faulty engine has no port');
  return {
    endpoint: `http://127.0.0.1:${address.port}`,
    control,
    async stop() {
      server.close();
      server.closeAllConnections();
      engine.close();
    },
  };
}
