import { appendFileSync, mkdirSync, readFileSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

/** An event as EventBridge gives it to targets. Source: EventBridge User Guide, "Event structure". */
const busEvent = z.object({
  version: z.literal('0'),
  id: z.string(),
  'detail-type': z.string(),
  source: z.string(),
  account: z.string(),
  time: z.string(),
  region: z.string(),
  resources: z.array(z.string()),
  detail: z.record(z.string(), z.unknown()),
});
export type BusEvent = z.infer<typeof busEvent>;

/** What a bus got, oldest first: in a file for good, the latest in memory for the console. */
export interface BusLog {
  append(bus: string, event: BusEvent): void;
  latest(): readonly LoggedEvent[];
}

export interface LoggedEvent {
  readonly bus: string;
  readonly event: BusEvent;
}

const keptInMemory = 500;
/** Bytes. A larger file is set aside as `<bus>.jsonl.1`, in place of the one before. */
const largestFile = 10_000_000;

export function openBusLog(folder: string, buses: readonly string[]): BusLog {
  mkdirSync(folder, { recursive: true });
  const fileOf = (bus: string) => join(folder, `${bus}.jsonl`);
  const kept: LoggedEvent[] = buses
    .flatMap((bus) => read(fileOf(bus)).map((event) => ({ bus, event })))
    .sort((a, b) => a.event.time.localeCompare(b.event.time))
    .slice(-keptInMemory);

  return {
    append(bus, event) {
      const file = fileOf(bus);
      if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > largestFile) renameSync(file, `${file}.1`);
      appendFileSync(file, `${JSON.stringify(event)}\n`);
      kept.push({ bus, event });
      if (kept.length > keptInMemory) kept.shift();
    },
    latest: () => kept,
  };
}

/** The events in a file. A line that a kill cut short is passed over. */
function read(file: string): BusEvent[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return [];
  }
  return text
    .split('\n')
    .slice(-keptInMemory - 1)
    .flatMap((line) => {
      try {
        return [busEvent.parse(JSON.parse(line))];
      } catch {
        return [];
      }
    });
}
