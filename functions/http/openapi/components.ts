import type * as z from 'zod/mini';
import * as explain from '../../../domain/access/explain.schema.ts';
import * as me from '../../../domain/access/me.schema.ts';
import * as analytics from '../../../domain/analytics/analytics.schema.ts';
import * as work from '../../../domain/analytics/work.schema.ts';
import * as audit from '../../../domain/audit/audit.schema.ts';
import * as invitation from '../../../domain/invitation/invitation.schema.ts';
import * as checkIn from '../../../domain/kpi/check-in.schema.ts';
import * as goal from '../../../domain/kpi/goal.schema.ts';
import * as kpi from '../../../domain/kpi/kpi.schema.ts';
import { Onboarding } from '../../../domain/onboarding/onboarding.schema.ts';
import * as organization from '../../../domain/organization/organization.schema.ts';
import { Organization } from '../../../domain/organization/profile.schema.ts';
import { Subscription, SubscriptionInput } from '../../../domain/subscription/subscription.schema.ts';
import * as team from '../../../domain/team/team.schema.ts';
import { Attention } from '../../../domain/usage/attention.schema.ts';
import * as run from '../../../domain/usage/run.schema.ts';
import { UsageList, UsageSnapshot } from '../../../domain/usage/usage.schema.ts';
import { User } from '../../../domain/user/profile.schema.ts';
import * as user from '../../../domain/user/user.schema.ts';
import { organizationRoutes } from '../organization/routes.ts';
import { referenceRoutes } from '../reference/routes.ts';
import { publicRoutes } from '../webhook/routes.ts';

const bulkResultLine = invitation.BulkResult.shape.results.def.element;
const teamKpi = work.TeamAnalytics.shape.items.def.element;

/**
 * The schemas that the OpenAPI document calls by name: all bodies, all answers, and the variants of what
 * comes in several forms, since generated clients name their types by them. What creates something is an
 * `…Input`: Go's constructors begin with `New`.
 */
export const components: Readonly<Record<string, z.ZodMiniType>> = {
  AccessExplanation: explain.AccessExplanation,
  AccessRule: me.AccessRule,
  ActiveMe: me.ActiveMe,
  ApiDocument: referenceRoutes.getOpenApiDocument.response,
  AppliedRule: explain.AccessExplanation.shape.rules.def.element,
  Attention,
  AuditChange: audit.ShownAuditEntry.shape.changes.def.element,
  AuditEntry: audit.ShownAuditEntry,
  AuditFeedEntry: audit.FeedAuditEntry,
  AuditFeedPage: audit.AuditFeedPage,
  AuditPage: audit.AuditPage,
  Breakdown: analytics.Breakdown,
  BreakdownItem: analytics.Breakdown.shape.items.def.element,
  BulkInvitation: invitation.BulkInvitation,
  BulkInvitationLine: invitation.BulkInvitation.shape.invitations.def.element,
  BulkResult: invitation.BulkResult,
  BulkResultLine: bulkResultLine,
  ChangedAllowance: organization.PlanChange.shape.allowances.def.element,
  CheckIn: checkIn.CheckIn,
  CheckInChange: checkIn.CheckInChange,
  CheckInInput: checkIn.NewCheckIn,
  CheckInPage: checkIn.CheckInPage,
  ContactPerson: Organization.shape.contactPerson,
  ContactPersonInput: organization.ContactPerson,
  Dashboard: work.Dashboard,
  DashboardKpi: work.Dashboard.shape.items.def.element,
  DashboardTeam: work.Dashboard.shape.teams.def.element,
  Deactivation: organization.Deactivation,
  ExceededEntitlement: organization.PlanChange.shape.exceeded.def.element,
  FieldError: bulkResultLine.shape.fields.def.innerType.def.element,
  FirstAdminInput: organization.NewOrganization.shape.firstAdmin,
  Health: publicRoutes.getHealth.response,
  Invitation: invitation.Invitation,
  InvitationInput: invitation.NewInvitation,
  InvitationPage: invitation.InvitationPage,
  Kpi: kpi.Kpi,
  KpiBand: kpi.ShownBand,
  KpiBandInput: goal.Band,
  KpiChange: kpi.KpiChange,
  KpiCounts: analytics.KpiCounts,
  KpiInput: kpi.NewKpi,
  KpiOwner: kpi.KpiOwner,
  KpiPage: kpi.KpiPage,
  KpiPeriodInput: goal.Period,
  KpiReference: user.UserRemoval.shape.needNewOwner.shape.kpis.def.element,
  LatestValue: kpi.Kpi.shape.latest.def.innerType,
  ListedOrganization: organization.ListedOrganization,
  Me: me.Me,
  Membership: team.Membership,
  Onboarding,
  OnboardingStep: Onboarding.shape.steps.def.element,
  Organization,
  OrganizationAnalytics: analytics.OrganizationAnalytics,
  OrganizationChange: organization.OrganizationChange,
  OrganizationCounts: organization.OrganizationCounts,
  OrganizationFigure: analytics.OrganizationAnalytics.shape.headline.def.element,
  OrganizationInput: organization.NewOrganization,
  OrganizationPage: organization.OrganizationPage,
  OrganizationSummary: organization.OrganizationSummary,
  OrganizationView: organizationRoutes.getOwnOrganization.response,
  OrganizationWithCounts: organization.OrganizationWithCounts,
  OrganizationsAtStage: analytics.Overview.shape.funnel.def.element,
  OrganizationsOnPlan: analytics.Overview.shape.plans.def.element,
  Overview: analytics.Overview,
  OwnOrganization: organization.OwnOrganization,
  OwnOrganizationChange: organization.OwnOrganizationChange,
  PendingMe: me.PendingMe,
  PlanChange: organization.PlanChange,
  PlatformFigure: analytics.Overview.shape.figures.def.element,
  RecentValue: work.Dashboard.shape.recent.def.element,
  ReportedValue: teamKpi.shape.values.def.element,
  RequestedUsageRuns: run.RequestedUsageRuns,
  Series: analytics.Series,
  Subscription,
  SubscriptionChange: organization.SubscriptionChange,
  SubscriptionHistoryPage: organization.SubscriptionHistoryPage,
  SubscriptionInput,
  Team: team.Team,
  TeamAnalytics: work.TeamAnalytics,
  TeamAsOwner: kpi.TeamAsOwner,
  TeamChange: team.TeamChange,
  TeamInput: team.NewTeam,
  TeamKpi: teamKpi,
  TeamMember: team.TeamMember,
  TeamPage: team.TeamPage,
  TeamReference: user.UserRemoval.shape.needNewOwner.shape.teams.def.element,
  TeamSummary: team.TeamSummary,
  Trend: analytics.Trend,
  TrendPoint: analytics.TrendPoint,
  UsageList,
  UsageRun: run.UsageRun,
  UsageRunList: run.UsageRunList,
  UsageRunRequest: run.UsageRunRequest,
  UsageSnapshot,
  User,
  UserAsOwner: kpi.UserAsOwner,
  UserChange: user.UserChange,
  UserPage: user.UserPage,
  UserRemoval: user.UserRemoval,
};
