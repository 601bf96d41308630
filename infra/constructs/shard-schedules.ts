import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import type { CronOptionsWithTimezone } from 'aws-cdk-lib/aws-scheduler';
import { directoryIndex, directoryShards, partitionPatterns } from '../../domain/table/layout.ts';
import type { Job } from '../../events/metrics.ts';
import { onlyLeadingKeys } from './leading-keys.ts';
import { Schedules } from './schedules.ts';
import type { ServiceFunction } from './service-function.ts';

/** One schedule for each shard of the organization directory. */
interface Series {
  /** Construct id of the schedules, followed by the shard. */
  readonly id: string;
  readonly job: Job;
  readonly description: (shard: number) => string;
  /** In UTC. Each shard has its own minute, so that they don't all read the table at once. */
  readonly due: (shard: number) => CronOptionsWithTimezone;
  /** What the function gets. */
  readonly input: (shard: number) => object;
}

const shards = Array.from({ length: directoryShards }, (_, shard) => shard);

/** Schedules of work that is spread over the shards of the directory. */
export class ShardSchedules extends Schedules {
  /** Lets a function list the organizations of a shard. */
  protected letReadDirectory(reader: ServiceFunction, table: ITable): void {
    reader.allow({
      actions: ['dynamodb:Query'],
      resources: [`${table.tableArn}/index/${directoryIndex.name}`],
      conditions: onlyLeadingKeys([partitionPatterns.directory]),
    });
  }

  /** Starts the function at the times of each series. */
  protected start(target: ServiceFunction, ...all: readonly Series[]): void {
    this.startAt(
      target,
      all.flatMap(({ id, job, description, due, input }) =>
        shards.map((shard) => ({
          id: `${id}${shard}`,
          job,
          description: description(shard),
          due: due(shard),
          input: input(shard),
        })),
      ),
    );
  }
}
