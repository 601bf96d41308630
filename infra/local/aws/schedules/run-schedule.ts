import type { FunctionOutcome } from '../function-outcome.ts';
import type { Authorize } from '../iam/authorizer.ts';
import type { Roles } from '../iam/roles.ts';
import type { Schedule } from './scheduler.ts';

export interface ScheduleRunner {
  readonly roles: Roles;
  readonly authorize: Authorize;
  readonly invoke: (functionArn: string, event: unknown) => Promise<FunctionOutcome>;
}

/** Invokes a schedule's target as Scheduler does: under the target's role, which must trust Scheduler and may invoke it. */
export async function runSchedule(schedule: Schedule, runner: ScheduleRunner): Promise<FunctionOutcome> {
  const { targetFunctionArn, targetRoleArn, groupArn, name, input } = schedule;
  const context = { 'aws:SourceArn': groupArn };
  const caller = await runner.roles.assumeAsService('scheduler.amazonaws.com', targetRoleArn, name, context);
  await runner.authorize(caller, { action: 'lambda:InvokeFunction', resource: targetFunctionArn });
  return runner.invoke(targetFunctionArn, JSON.parse(input));
}
