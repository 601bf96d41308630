import type * as z from 'zod/mini';
import * as explain from '../../../domain/access/explain.schema.ts';
import * as analytics from '../../../domain/analytics/analytics.schema.ts';
import { CreatedApiKey } from '../../../domain/api-key/api-key.schema.ts';
import * as approval from '../../../domain/approval/approval.schema.ts';
import * as audit from '../../../domain/audit/audit.schema.ts';
import * as checkpoint from '../../../domain/audit/checkpoints/checkpoint.schema.ts';
import { DataExportLink } from '../../../domain/departure/data-export.schema.ts';
import * as departure from '../../../domain/departure/departure.schema.ts';
import * as drift from '../../../domain/drift/drift.schema.ts';
import * as invitation from '../../../domain/invitation/invitation.schema.ts';
import * as checkIn from '../../../domain/kpi/check-in.schema.ts';
import * as goal from '../../../domain/kpi/goal.schema.ts';
import * as kpi from '../../../domain/kpi/kpi.schema.ts';
import * as health from '../../../domain/organization/health.schema.ts';
import { Onboarding } from '../../../domain/organization/onboarding.schema.ts';
import * as organization from '../../../domain/organization/organization.schema.ts';
import { MailPlan, Organization } from '../../../domain/organization/profile.schema.ts';
import { PersonExport } from '../../../domain/person-data/person-data.schema.ts';
import * as mail from '../../../domain/reminder/mail-settings.schema.ts';
import { Subscription, SubscriptionInput } from '../../../domain/subscription/subscription.schema.ts';
import * as support from '../../../domain/support-access/support-access.schema.ts';
import * as team from '../../../domain/team/team.schema.ts';
import * as undo from '../../../domain/undo/undo.schema.ts';
import { UpdatedBy } from '../../../domain/updated-by.schema.ts';
import { Attention } from '../../../domain/usage/attention.schema.ts';
import * as run from '../../../domain/usage/run.schema.ts';
import { UsageList, UsageSnapshot } from '../../../domain/usage/usage.schema.ts';
import * as me from '../../../domain/user/me.schema.ts';
import { User } from '../../../domain/user/profile.schema.ts';
import * as user from '../../../domain/user/user.schema.ts';
import * as webhook from '../../../domain/webhook/webhook.schema.ts';
import { organizationRoutes } from '../organization/routes.ts';
import { referenceRoutes } from '../reference/routes.ts';
import type { Route } from '../route.ts';
import { publicRoutes } from '../webhook/routes.ts';
import { examples } from './examples.ts';

const bulkResultLine = invitation.BulkResult.shape.results.def.element;
const teamKpi = analytics.TeamAnalytics.shape.items.def.element;

type Components = Readonly<Record<string, z.ZodMiniType>>;

/** Schemas whose names can't be derived from their routes, and parts of other schemas. */
const named: Components = {
  AddedMember: team.AddedMembers.shape.results.def.element,
  AddedMembers: team.AddedMembers,
  AccessExplanation: explain.AccessExplanation,
  AccessRule: me.AccessRule,
  ActiveMe: me.ActiveMe,
  ApiDocument: referenceRoutes.getOpenApiDocument.response,
  ApprovalConfirmation: approval.Confirmation,
  ApprovalEnd: approval.RefusedApproval,
  AppliedRule: explain.AccessExplanation.shape.rules.def.element,
  Attention,
  AuditChange: audit.ShownAuditEntry.shape.changes.def.element,
  AuditCheckpoint: checkpoint.LatestCheckpoint,
  AuditCheckpointNote: checkpoint.LatestCheckpoint.shape.checkpoint.def.innerType,
  AuditCheckpointRequest: checkpoint.CheckpointRequested,
  AuditConsistency: checkpoint.LatestCheckpoint.shape.consistency.def.innerType,
  AuditEntry: audit.ShownAuditEntry,
  AuditFeedEntry: audit.FeedAuditEntry,
  AuditFeedPage: audit.AuditFeedPage,
  AuditKey: checkpoint.PublishedKey,
  AuditPage: audit.AuditPage,
  AuditReceipt: checkpoint.Receipt,
  Breakdown: analytics.Breakdown,
  BreakdownItem: analytics.Breakdown.shape.items.def.element,
  BulkCheckInLine: checkIn.BulkCheckIns.shape.checkIns.def.element,
  BulkCheckInResult: checkIn.BulkCheckInResult,
  BulkCheckInResultLine: checkIn.BulkCheckInResult.shape.results.def.element,
  BulkCheckIns: checkIn.BulkCheckIns,
  BulkInvitation: invitation.BulkInvitation,
  BulkInvitationLine: invitation.BulkInvitation.shape.invitations.def.element,
  BulkResult: invitation.BulkResult,
  BulkResultLine: bulkResultLine,
  ChangedAllowance: organization.PlanChange.shape.allowances.def.element,
  CheckInCorrection: checkIn.Correction,
  Cohort: analytics.Cohort,
  Cohorts: analytics.Cohorts,
  ContactPerson: Organization.shape.contactPerson,
  ContactPersonInput: organization.ContactPerson,
  CustomerHealth: health.Health,
  DataExportLink,
  DataRemovalToApprove: approval.NewDataRemoval,
  DeletionCertificate: departure.Certificate,
  DeletionStart: departure.Deletion,
  Dashboard: analytics.Dashboard,
  DashboardKpi: analytics.Dashboard.shape.items.def.element,
  DashboardTeam: analytics.Dashboard.shape.teams.def.element,
  Deactivation: organization.Deactivation,
  ExceededEntitlement: organization.PlanChange.shape.exceeded.def.element,
  FeedExportToApprove: approval.NewFeedExport,
  DriftEntry: drift.DriftEntry,
  DriftRun: drift.DriftRun,
  DriftRunList: drift.DriftRunList,
  DriftRunRequest: drift.DriftRunRequest,
  FieldError: bulkResultLine.shape.fields.def.innerType.def.element,
  FirstAdminInput: organization.NewOrganization.shape.firstAdmin,
  Health: publicRoutes.getHealth.response,
  HealthReason: health.HealthReason,
  KpiConfidence: kpi.Confidence,
  KpiConfidenceInput: kpi.NewConfidence,
  KpiBand: kpi.ShownBand,
  KpiBandInput: goal.Band,
  KpiCounts: analytics.KpiCounts,
  KpiOwner: kpi.KpiOwner,
  KpiPeriodInput: goal.Period,
  KpiReference: user.UserRemoval.shape.needNewOwner.shape.kpis.def.element,
  KpiReporter: kpi.KpiReporter,
  KpiSource: kpi.KpiSource,
  LatestValue: kpi.Kpi.shape.latest.def.innerType,
  ListedOrganization: organization.ListedOrganization,
  MailSettings: mail.MailSettings,
  MailStop: mail.MailSettings.shape.stopped.def.innerType,
  Me: me.Me,
  Membership: team.Membership,
  MembersToAdd: team.NewMembers,
  Onboarding,
  OnboardingStep: Onboarding.shape.steps.def.element,
  Organization,
  OrganizationAnalytics: analytics.OrganizationAnalytics,
  OrganizationChange: organization.OrganizationChange,
  OrganizationCounts: organization.OrganizationCounts,
  OrganizationFigure: analytics.OrganizationAnalytics.shape.headline.def.element,
  OrganizationInput: organization.NewOrganization,
  OrganizationPage: organization.OrganizationPage,
  OrganizationReminders: MailPlan,
  OrganizationRemindersInput: organization.NewMailPlan,
  OrganizationSummary: organization.OrganizationSummary,
  OrganizationView: organizationRoutes.getOwnOrganization.response,
  OrganizationWithCounts: organization.OrganizationWithCounts,
  OrganizationsAtStage: analytics.Overview.shape.funnel.def.element,
  OrganizationsOnPlan: analytics.Overview.shape.plans.def.element,
  Overview: analytics.Overview,
  OwnOrganization: organization.OwnOrganization,
  OwnOrganizationChange: organization.OwnOrganizationChange,
  PendingMe: me.PendingMe,
  PersonExport,
  PlanChange: organization.PlanChange,
  FigureChange: analytics.Change,
  PlatformFigure: analytics.Overview.shape.figures.def.element,
  RecentValue: analytics.Dashboard.shape.recent.def.element,
  ReportedValue: teamKpi.shape.values.def.element,
  RequestedDriftRun: drift.RequestedDriftRun,
  RequestedUsageRuns: run.RequestedUsageRuns,
  Series: analytics.Series,
  Subscription,
  SubscriptionChange: organization.SubscriptionChange,
  SubscriptionHistoryPage: organization.SubscriptionHistoryPage,
  SubscriptionInput,
  CreatedApiKey,
  CreatedWebhook: webhook.CreatedWebhook,
  WebhookAttempt: webhook.Attempt,
  WebhookDelivery: webhook.WebhookDelivery,
  WebhookDeliveryPage: webhook.DeliveryPage,
  CurrentSupportAccess: support.CurrentSupportAccess,
  SupportAccess: support.SupportAccess,
  SupportAccessExtension: support.SupportAccess.shape.extensions.def.element,
  SupportExtension: support.SupportExtension,
  SupportGrant: support.SupportGrant,
  SupportNarrowing: support.SupportNarrowing,
  SupportView: support.SupportView,
  SuperAdminToApprove: approval.NewSuperAdmin,
  SupportExtensionToApprove: approval.NewSupportExtension,
  TeamAnalytics: analytics.TeamAnalytics,
  TeamAsOwner: kpi.TeamAsOwner,
  TeamKpi: teamKpi,
  TeamMember: team.TeamMember,
  TeamReference: user.UserRemoval.shape.needNewOwner.shape.teams.def.element,
  TeamSummary: team.TeamSummary,
  Trend: analytics.Trend,
  TrendPoint: analytics.TrendPoint,
  Undo: undo.Undo,
  UndoEffect: undo.UndoEffect,
  UndoneBy: undo.UndoneBy,
  UndoneField: undo.UndoneField,
  UndoRefusal: undo.UndoRefusal,
  UndoRequest: undo.UndoRequest,
  UpdatedBy,
  UsageList,
  UsageRun: run.UsageRun,
  UsageRunList: run.UsageRunList,
  UsageRunRequest: run.UsageRunRequest,
  UsageSignals: health.Signals,
  UsageSnapshot,
  User,
  UserAsOwner: kpi.UserAsOwner,
  UserRemoval: user.UserRemoval,
};

/** The names of a route's body and response, derived from its action and subject. */
function namesBy({
  access,
  body,
  response,
}: Route): readonly (readonly [string, z.ZodMiniType | undefined])[] {
  if (!('subject' in access)) return [];
  const { action, subject } = access;
  switch (action) {
    case 'create':
      return [
        [`${subject}Input`, body],
        [subject, response],
      ];
    case 'read':
      return [[subject, response]];
    case 'list':
      return [[`${subject}Page`, response]];
    case 'update':
      return [
        [`${subject}Change`, body],
        [subject, response],
      ];
    default:
      return [];
  }
}

/**
 * The named schemas of the OpenAPI document: all bodies and responses, and the variants of unions, since
 * generated clients name their types after them. Bodies that create something end in `…Input`: Go
 * constructors start with `New`. Throws on duplicate names; one of them then has to be listed above.
 */
export function componentsOf(routes: Readonly<Record<string, Route>>): Components {
  const components = new Map(Object.entries(named));
  const known = new Set(components.values());
  for (const [name, schema] of Object.values(routes).flatMap(namesBy)) {
    if (schema === undefined || known.has(schema)) continue;
    if (components.has(name)) throw new Error(`two schemas of the routes would be ${name}`);
    components.set(name, schema);
    known.add(schema);
  }
  return Object.fromEntries(components);
}

/** The document's examples: those of schemas, and those that routes define for their bodies. */
export function examplesOf(routes: Readonly<Record<string, Route>>): Readonly<Record<string, unknown>> {
  const names = new Map(Object.entries(componentsOf(routes)).map(([name, schema]) => [schema, name]));
  const own: Record<string, unknown> = {};
  for (const { body, example } of Object.values(routes)) {
    const name = body && names.get(body);
    if (name !== undefined && example !== undefined) own[name] = example;
  }
  return { ...examples, ...own };
}
