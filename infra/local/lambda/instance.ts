import { randomUUID } from 'node:crypto';
import inspector from 'node:inspector';
import type { Writable } from 'node:stream';
import { Worker } from 'node:worker_threads';
import type { FunctionResource } from '../assembly/functions.ts';
import type { FunctionOutcome } from '../aws/resources.ts';

/** Messages of an instance's thread. Payloads are JSON text, as in Lambda. */
export type InstanceMessage =
  | { readonly kind: 'ready'; readonly initMilliseconds: number }
  | { readonly kind: 'ended'; readonly id: string; readonly ok: true; readonly payload: string }
  | {
      readonly kind: 'ended';
      readonly id: string;
      readonly ok: false;
      readonly error: { readonly errorType: string; readonly errorMessage: string };
    };

export interface InstanceOptions {
  readonly resource: FunctionResource;
  /** The function's complete environment; it sees nothing of the runner's. */
  readonly environment: Readonly<Record<string, string>>;
  readonly log: Writable;
  readonly onReady: (initMilliseconds: number) => void;
}

/**
 * One execution environment: a thread that handles one event at a time and ends after a crash or a timeout.
 */
export interface Instance {
  readonly directory: string;
  /** Whether it can take an event now. */
  free(): boolean;
  readonly gone: Promise<void>;
  run(event: unknown): Promise<FunctionOutcome>;
  stop(): Promise<void>;
}

const failed = (errorType: string, errorMessage: string): FunctionOutcome => ({
  ok: false,
  error: { errorType, errorMessage },
});

export function startInstance({ resource, environment, log, onReady }: InstanceOptions): Instance {
  const { directory, handler, name, arn, memoryMegabytes, timeoutSeconds } = resource;
  const worker = new Worker(new URL('./runtime.ts', import.meta.url), {
    workerData: { directory, handler, functionName: name, functionArn: arn },
    env: { ...environment },
    execArgv: ['--enable-source-maps'],
    resourceLimits: { maxOldGenerationSizeMb: memoryMegabytes },
    stdout: true,
    stderr: true,
  });
  worker.stdout.pipe(log, { end: false });
  worker.stderr.pipe(log, { end: false });

  let settle: ((outcome: FunctionOutcome) => void) | undefined;
  let alive = true;
  let crash = 'the function’s process exited before it answered';
  const finish = (outcome: FunctionOutcome) => {
    const told = settle;
    settle = undefined;
    told?.(outcome);
  };
  worker.on('message', (message: InstanceMessage) => {
    if (message.kind === 'ready') onReady(message.initMilliseconds);
    else if (message.ok) finish({ ok: true, payload: JSON.parse(message.payload) });
    else finish({ ok: false, error: message.error });
  });
  worker.on('error', (error) => {
    crash = error instanceof Error ? error.message : String(error);
    log.write(`${JSON.stringify({ level: 'ERROR', message: 'the function crashed', error: crash })}\n`);
  });
  const gone = new Promise<void>((resolve) => {
    worker.once('exit', () => {
      alive = false;
      finish(failed('Runtime.ExitError', crash));
      resolve();
    });
  });

  return {
    directory,
    free: () => alive && settle === undefined,
    gone,
    run(event) {
      const { promise, resolve } = Promise.withResolvers<FunctionOutcome>();
      const milliseconds = timeoutSeconds * 1000;
      const timer = setTimeout(() => {
        // A debugger may have paused it, for any length of time.
        if (inspector.url() !== undefined) return;
        finish(failed('Sandbox.Timedout', `Task timed out after ${timeoutSeconds.toFixed(2)} seconds`));
        alive = false;
        void worker.terminate();
      }, milliseconds);
      settle = (outcome) => {
        clearTimeout(timer);
        resolve(outcome);
      };
      const deadline = Date.now() + milliseconds;
      worker.postMessage({ id: randomUUID(), event: JSON.stringify(event ?? null), deadline });
      return promise;
    },
    async stop() {
      alive = false;
      await worker.terminate();
    },
  };
}
