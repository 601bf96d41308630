import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import * as z from 'zod';
import type { InstanceMessage } from './instance.ts';

/** Runs inside an instance's thread: loads the bundle once, then handles one event after another. */
const start = z.object({ directory: z.string(), handler: z.string(), functionName: z.string() });
const invocation = z.object({ id: z.string(), event: z.string(), deadline: z.number() });

const { directory, handler, functionName } = start.parse(workerData);
const [file, exported] = handler.split('.');
const tell = (message: InstanceMessage) => parentPort?.postMessage(message);

const began = performance.now();
const loaded: unknown = await import(pathToFileURL(join(directory, `${file}.mjs`)).href);
const run = z.record(z.string(), z.unknown()).parse(loaded)[exported ?? ''];
if (typeof run !== 'function') throw new Error(`${handler} is not a function of the bundle`);
tell({ kind: 'ready', initMilliseconds: performance.now() - began });

parentPort?.on('message', async (message: unknown) => {
  const { id, event, deadline } = invocation.parse(message);
  const context = {
    functionName,
    awsRequestId: id,
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
  };
  try {
    const payload: unknown = await run(JSON.parse(event), context);
    tell({ kind: 'ended', id, ok: true, payload: JSON.stringify(payload ?? null) });
  } catch (error) {
    const { name, message: text } = error instanceof Error ? error : new Error(String(error));
    tell({ kind: 'ended', id, ok: false, error: { errorType: name, errorMessage: text } });
  }
});
