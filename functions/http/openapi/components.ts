import type * as z from 'zod/mini';
import { AccessExplanation } from '../../../domain/access/explain.schema.ts';
import { Me } from '../../../domain/access/me.schema.ts';
import { ShownAuditEntry } from '../../../domain/audit/audit.schema.ts';
import { BulkInvitation, Invitation, NewInvitation } from '../../../domain/invitation/invitation.schema.ts';
import { CheckIn, CheckInChange, NewCheckIn } from '../../../domain/kpi/check-in.schema.ts';
import { Kpi, KpiChange, NewKpi } from '../../../domain/kpi/kpi.schema.ts';
import {
  Deactivation,
  NewOrganization,
  OrganizationChange,
  OrganizationWithCounts,
  OwnOrganizationChange,
  PlanChange,
} from '../../../domain/organization/organization.schema.ts';
import { Organization } from '../../../domain/organization/profile.schema.ts';
import { SubscriptionInput } from '../../../domain/subscription/subscription.schema.ts';
import { Membership, NewTeam, Team, TeamChange, TeamSummary } from '../../../domain/team/team.schema.ts';
import { RequestedUsageRuns, UsageRunRequest } from '../../../domain/usage/run.schema.ts';
import { UsageSnapshot } from '../../../domain/usage/usage.schema.ts';
import { User } from '../../../domain/user/profile.schema.ts';
import { UserChange } from '../../../domain/user/user.schema.ts';

/** The schemas that the OpenAPI document calls by name. The others stand where they are used. */
export const components: Readonly<Record<string, z.ZodMiniType>> = {
  AccessExplanation,
  AuditEntry: ShownAuditEntry,
  BulkInvitation,
  CheckIn,
  CheckInChange,
  Deactivation,
  Invitation,
  Kpi,
  KpiChange,
  Me,
  Membership,
  NewCheckIn,
  NewInvitation,
  NewKpi,
  NewOrganization,
  NewTeam,
  Organization,
  OrganizationChange,
  OrganizationWithCounts,
  OwnOrganizationChange,
  PlanChange,
  RequestedUsageRuns,
  SubscriptionInput,
  Team,
  TeamChange,
  TeamSummary,
  UsageRunRequest,
  UsageSnapshot,
  User,
  UserChange,
};
