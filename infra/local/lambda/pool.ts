import type { Writable } from 'node:stream';
import type { FunctionResource } from '../assembly/functions.ts';
import type { FunctionOutcome } from '../aws/resources.ts';
import { type Instance, startInstance } from './instance.ts';

/** What the console shows of a function. */
export interface FunctionStatus {
  readonly title: string;
  readonly instances: number;
  readonly invocations: number;
  readonly errors: number;
  /** Milliseconds that the latest cold starts took to load the bundle, newest first. */
  readonly coldStarts: readonly number[];
}

interface PoolOptions {
  readonly resource: FunctionResource;
  /** Directory of the code that the next event is for: instances that have other code end. */
  readonly code: () => Promise<string>;
  readonly environment: () => Promise<Readonly<Record<string, string>>>;
  readonly log: Writable;
}

export interface FunctionPool {
  invoke(event: unknown): Promise<FunctionOutcome>;
  status(): FunctionStatus;
  stop(): Promise<void>;
}

// Enough for a page's requests on two cores; Lambda would start one for each concurrent request.
const mostInstances = 3;
const keptColdStarts = 5;

/** The instances of one function. Each handles one event at a time; a new one starts while all are busy. */
export function functionPool({ resource, code, environment, log }: PoolOptions): FunctionPool {
  const instances = new Set<Instance>();
  const waiting: (() => void)[] = [];
  const coldStarts: number[] = [];
  let [invocations, errors, starting] = [0, 0, 0];

  async function begin(directory: string): Promise<Instance> {
    starting += 1;
    try {
      const instance = startInstance({
        resource: { ...resource, directory },
        environment: await environment(),
        log,
        onReady: (milliseconds) =>
          coldStarts.splice(0, coldStarts.length, ...[milliseconds, ...coldStarts].slice(0, keptColdStarts)),
      });
      instances.add(instance);
      void instance.gone.then(() => {
        instances.delete(instance);
        waiting.shift()?.();
      });
      return instance;
    } finally {
      starting -= 1;
    }
  }

  async function acquire(): Promise<Instance> {
    for (;;) {
      const directory = await code();
      const free = [...instances].filter((instance) => instance.free());
      const ready = free.find((instance) => instance.directory === directory);
      if (ready !== undefined) return ready;
      for (const outdated of free) void outdated.stop();
      if (instances.size - free.length + starting < mostInstances) return await begin(directory);
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
  }

  return {
    async invoke(event) {
      invocations += 1;
      const instance = await acquire();
      const outcome = await instance.run(event);
      if (!outcome.ok) errors += 1;
      waiting.shift()?.();
      return outcome;
    },
    status: () => ({ title: resource.title, instances: instances.size, invocations, errors, coldStarts }),
    async stop() {
      await Promise.all([...instances].map((instance) => instance.stop()));
      log.end();
    },
  };
}
