import { Stack } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { ScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import type { Construct } from 'constructs';
import type { ServiceFunction } from './service-function.ts';

/** Scheduler's role for one function. Only schedules of the group may use it: without that, another account's schedule could. */
export function scheduleInvoker(
  scope: Construct,
  group: ScheduleGroup,
  { lambda, service }: ServiceFunction,
): Role {
  const role = new Role(scope, 'Invoker', {
    description: `Invokes the ${service} function on schedule`,
    assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
      conditions: {
        StringEquals: {
          'aws:SourceAccount': Stack.of(scope).account,
          'aws:SourceArn': group.scheduleGroupArn,
        },
      },
    }),
  });
  role.addToPolicy(
    new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [lambda.functionArn] }),
  );
  return role;
}
