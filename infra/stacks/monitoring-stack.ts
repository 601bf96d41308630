import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { Alarms } from '../constructs/alarms.ts';
import { StageDashboard } from '../constructs/stage-dashboard.ts';
import { type StageSettings, stackPropsOf } from '../stage.ts';
import type { ServiceStack } from './service-stack.ts';

/**
 * Alarms and dashboard of the service stack. A separate stack, because CloudFormation limits a stack to 500
 * resources and each function adds several alarms (decision 98).
 */
export class MonitoringStack extends Stack {
  constructor(
    scope: Construct,
    id: string,
    { stage, service }: { readonly stage: StageSettings; readonly service: ServiceStack },
  ) {
    super(scope, id, { ...stackPropsOf(stage), description: `MTCMS ${stage.name}: alarms and dashboard` });
    const { watched, rollout, alarmMail: mail } = service;
    const { alarmEmail: email } = stage;
    const alarms = email && mail ? new Alarms(this, 'Alarms', { ...watched, stage, email, mail }).all : [];
    new StageDashboard(this, 'Seeing', { ...watched, alarms: [...alarms, ...rollout.alarms] });
    // An older service stack contains these alarms: its update must release their names first.
    this.addStackDependency(service);
  }
}
