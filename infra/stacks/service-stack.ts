import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { Alarms } from '../constructs/alarms.ts';
import { ApiFunctions } from '../constructs/api-functions.ts';
import { ChangeConsumers } from '../constructs/change-consumers.ts';
import { ClerkGateway } from '../constructs/clerk-gateway.ts';
import { InvitationSchedules } from '../constructs/invitation-schedules.ts';
import { RouteTableApi } from '../constructs/route-table-api.ts';
import { TenantRole } from '../constructs/tenant-role.ts';
import { UsageSchedules } from '../constructs/usage-schedules.ts';
import type { StageSettings } from '../stage.ts';
import type { DataStack } from './data-stack.ts';

/**
 * Everything that runs: the API, what follows a change, what runs on schedule, and the role that sees one
 * organization.
 */
export class ServiceStack extends Stack {
  readonly apiDomainName: string;

  constructor(
    scope: Construct,
    id: string,
    { stage, data }: { readonly stage: StageSettings; readonly data: DataStack },
  ) {
    super(scope, id, { description: `MTCMS ${stage.name}: API, stream consumers, schedules` });
    const api = new ApiFunctions(this, 'Api', { stage, data });
    const http = new RouteTableApi(this, 'Http', { stage, functions: api });
    const schedules = new UsageSchedules(this, 'Schedules', { stage, data });
    schedules.letStart(api.admin);
    const upkeep = new InvitationSchedules(this, 'Upkeep', { stage, data });
    const changes = new ChangeConsumers(this, 'Changes', { stage, data });
    const clerk = new ClerkGateway(this, 'Clerk', {
      stage,
      data,
      callers: [api.admin, api.organization, upkeep.invitations],
    });
    new TenantRole(this, 'Tenant', {
      table: data.table,
      functions: [api.organization, schedules.usage, upkeep.invitations],
      platformsToo: api.webhooks,
    });
    if (stage.alarmEmail)
      new Alarms(this, 'Alarms', { email: stage.alarmEmail, http, api, changes, schedules, upkeep, clerk });
    this.apiDomainName = http.domainName;
  }
}
