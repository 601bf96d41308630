import { Writable } from 'node:stream';
import * as z from 'zod';

/** A metric that functions have written in the embedded metric format, as CloudWatch would have it. */
export interface MetricStatus {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly samples: number;
  readonly sum: number;
  readonly highest: number;
}

const Embedded = z.looseObject({
  _aws: z.object({
    Timestamp: z.number(),
    CloudWatchMetrics: z.array(
      z.object({
        Namespace: z.string().min(1),
        Dimensions: z.array(z.array(z.string()).min(1).max(30)),
        Metrics: z.array(z.object({ Name: z.string(), Unit: z.string() })).max(100),
      }),
    ),
  }),
});

/**
 * Parses lines in the embedded metric format, as CloudWatch Logs does. Other lines are ignored. Source:
 * CloudWatch User Guide, "Specification: Embedded metric format".
 */
export class LocalMetrics {
  readonly #known = new Map<string, MetricStatus>();

  all(): MetricStatus[] {
    return [...this.#known.values()];
  }

  /** Passes a log on, and reads the metrics in it. */
  through(log: Writable): Writable {
    // A chunk may end within a line.
    let begun = '';
    return new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        const lines = `${begun}${chunk.toString('utf8')}`.split('\n');
        begun = lines.pop() ?? '';
        for (const line of lines) if (line.includes('"_aws"')) this.#read(line);
        log.write(chunk, done);
      },
      final: (done) => log.end(done),
    });
  }

  #read(line: string): void {
    let parsed: unknown;
    try {
      parsed = JSON.parse(line);
    } catch {
      return;
    }
    const embedded = Embedded.safeParse(parsed);
    if (!embedded.success) return;
    const { _aws, ...values } = embedded.data;
    for (const { Namespace, Dimensions, Metrics } of _aws.CloudWatchMetrics)
      for (const { Name } of Metrics)
        for (const names of Dimensions)
          this.#add(
            Namespace,
            Name,
            Object.fromEntries(names.map((name) => [name, String(values[name])])),
            Number(values[Name]),
          );
  }

  #add(namespace: string, name: string, dimensions: Record<string, string>, value: number): void {
    const key = JSON.stringify([namespace, name, dimensions]);
    const { samples = 0, sum = 0, highest = value } = this.#known.get(key) ?? {};
    this.#known.set(key, {
      ...{ namespace, name, dimensions, samples: samples + 1 },
      sum: sum + value,
      highest: Math.max(highest, value),
    });
  }
}
