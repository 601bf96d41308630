import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import type { InstanceMessage } from './instance.ts';

/**
 * Runs inside an instance's thread: loads the bundle once, then handles one event after another. It does
 * without zod, which takes as long to load as the bundle.
 */
function textOf(message: unknown, name: string): string {
  const text: unknown = Reflect.get(Object(message), name);
  if (typeof text !== 'string') throw new TypeError(`${name} must be a text`);
  return text;
}

const directory = textOf(workerData, 'directory');
const handler = textOf(workerData, 'handler');
const functionName = textOf(workerData, 'functionName');
const invokedFunctionArn = textOf(workerData, 'functionArn');
const [file, exported] = handler.split('.');
const tell = (message: InstanceMessage) => parentPort?.postMessage(message);

const began = performance.now();
const loaded: unknown = await import(pathToFileURL(join(directory, `${file}.mjs`)).href);
const run: unknown = Reflect.get(Object(loaded), exported ?? '');
if (typeof run !== 'function') throw new Error(`${handler} is not a function of the bundle`);
tell({ kind: 'ready', initMilliseconds: performance.now() - began });

parentPort?.on('message', async (message: unknown) => {
  const [id, event] = [textOf(message, 'id'), textOf(message, 'event')];
  // Set as by Lambda for an invocation that X-Ray samples, if there is a destination for traces.
  if (process.env.AWS_XRAY_DAEMON_ADDRESS !== undefined) {
    const [root, parent] = [randomBytes(12).toString('hex'), randomBytes(8).toString('hex')];
    process.env._X_AMZN_TRACE_ID = `Root=1-00000000-${root};Parent=${parent};Sampled=1`;
  }
  const deadline = Number(Reflect.get(Object(message), 'deadline'));
  const context = {
    functionName,
    invokedFunctionArn,
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
