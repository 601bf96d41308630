import { LocalProblem } from './problem.ts';
import type { AwsResources } from './resources.ts';
import { runSchedule, type ScheduleRunner } from './schedules/run-schedule.ts';
import { type Scheduler, startScheduler } from './schedules/scheduler.ts';
import type { Consumer } from './streams/consumer.ts';
import type { Pulse } from './streams/pulse.ts';
import { type StartConsumersOptions, startConsumers } from './streams/start-consumers.ts';
import type { StreamSource } from './streams/stream-source.ts';

/** What invokes functions by itself: the stream's consumers and the scheduler. */
export interface EventSources {
  readonly consumers: readonly Consumer[];
  readonly scheduler: Scheduler;
  /** Starts nothing new, and resolves when what is under way has ended. */
  stop(): Promise<void>;
}

export interface EventSourcesOptions
  extends ScheduleRunner,
    Pick<StartConsumersOptions, 'stateDirectory' | 'store' | 'firstBackOff'> {
  readonly resources: AwsResources;
  readonly pulse: Pulse;
  /** The engine's streams by the deployment's stream ARNs. */
  readonly streams: ReadonlyMap<string, StreamSource>;
}

export async function startEventSources(options: EventSourcesOptions): Promise<EventSources> {
  const { resources, roles, streams, pulse } = options;
  const roleOf = (functionArn: string) =>
    resources.functions.find(({ arn }) => arn === functionArn)?.roleArn ?? '';
  const consumers = await startConsumers({
    ...options,
    mappings: resources.mappings,
    sourceOf: (streamArn) => {
      const source = streams.get(streamArn);
      if (source === undefined)
        throw new LocalProblem(`The template has no table with the stream ${streamArn}.`);
      return source;
    },
    sessionOf: ({ functionArn, functionName }) =>
      roles.assumeAsService('lambda.amazonaws.com', roleOf(functionArn), functionName),
  });
  const scheduler = startScheduler({
    schedules: resources.schedules,
    run: (schedule) => runSchedule(schedule, options),
  });
  return {
    consumers,
    scheduler,
    async stop() {
      pulse.stop();
      await Promise.all([scheduler.stop(), ...consumers.map(({ ended }) => ended)]);
    },
  };
}
