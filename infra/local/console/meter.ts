import { appendFileSync, readFileSync } from 'node:fs';
import { MeteringEvent } from '../../../events/metering.ts';

/** The state of a metering receiver: one figure for each organization, metric and day. */
export interface Meter {
  /** Accepts an event. Repeated events, and those of older definitions, change nothing. */
  take(event: unknown): 'taken' | 'known' | 'malformed';
  /** The sum of all days, by organization and metric. */
  sums(): {
    readonly organization: string;
    readonly metric: string;
    readonly days: number;
    readonly sum: number;
  }[];
}

/** The billing system stand-in: keeps received events in a file. A line cut off by a kill is skipped. */
export function openMeter(file: string): Meter {
  const known = new Map<string, MeteringEvent>();
  const remember = (event: MeteringEvent): boolean => {
    const { subject, data } = event;
    const slot = JSON.stringify([subject, data.metric, data.period.from]);
    if ((known.get(slot)?.data.definition ?? 0) >= data.definition) return false;
    known.set(slot, event);
    return true;
  };
  for (const event of eventsIn(file)) remember(event);
  return {
    take(event) {
      const parsed = MeteringEvent.safeParse(event);
      if (!parsed.success) return 'malformed';
      if (!remember(parsed.data)) return 'known';
      appendFileSync(file, `${JSON.stringify(parsed.data)}\n`);
      return 'taken';
    },
    sums() {
      const groups = Map.groupBy(known.values(), ({ subject, data }) => `${subject} ${data.metric}`);
      return [...groups.values()].flatMap((events) => {
        const [first] = events;
        if (first === undefined) return [];
        const sum = events.reduce((total, { data }) => total + data.value, 0);
        return [{ organization: first.subject, metric: first.data.metric, days: events.length, sum }];
      });
    },
  };
}

function eventsIn(file: string): MeteringEvent[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return [];
  }
  return text.split('\n').flatMap((line) => {
    try {
      return [MeteringEvent.parse(JSON.parse(line))];
    } catch {
      return [];
    }
  });
}
