import * as z from 'zod/mini';

const text = z.string().check(z.minLength(1));
// Not `z.url()`: parsing a URL costs a cold start a millisecond or two, and synthesis has validated these.
const address = z.string().check(z.regex(/^https?:\/\/[^\s/]+\S*$/));

const session = {
  CLERK_ISSUER: address,
  AUTHORIZED_PARTIES: z.pipe(
    text,
    z.transform((list: string) => list.split(',')),
  ),
};

/**
 * Environment variables of the functions, as set by the CDK app. A missing or malformed one stops the cold
 * start.
 */
const shapes = {
  table: z.object({ TABLE_NAME: text }),
  admin: z.object({
    TABLE_NAME: text,
    USAGE_FUNCTION_NAME: text,
    APPROVALS_FUNCTION_NAME: text,
    DRIFT_FUNCTION_NAME: text,
  }),
  tenant: z.object({ TABLE_NAME: text, TENANT_ROLE_ARN: text }),
  // Of both functions that serve organization routes.
  trail: z.object({ CHECKPOINTS_FUNCTION_NAME: text }),
  asksPersonData: z.object({ EXPORTS_FUNCTION_NAME: text, ERASURES_FUNCTION_NAME: text }),
  organization: z.object({
    SUPPORT_FUNCTION_NAME: text,
    MACHINES_FUNCTION_NAME: text,
    TENANT_SESSION_NAME: text,
  }),
  machines: z.object({ STAGE: text, CURSOR_SECRET_ID: text, KEY_BROKER_NAME: text }),
  stage: z.object({ STAGE: text }),
  sender: z.object({ WEBHOOKS_TO_LOCALHOST: z.enum(['true', 'false']) }),
  wakesSender: z.object({ WEBHOOK_SENDER_NAME: text }),
  asksSender: z.object({ WEBHOOK_SENDER_NAME: text, WEBHOOK_SENDER_ROLE_ARN: text }),
  approvals: z.object({ APPROVALS_FUNCTION_NAME: text }),
  session: z.object(session),
  http: z.object({
    ...session,
    CLERK_GATEWAY_NAME: text,
    CURSOR_SECRET_ID: text,
    STAGE: text,
    SUPPORT_ACCESS: z.enum(['open', 'reasoned', 'consented']),
  }),
  clerk: z.object({
    CLERK_API_URL: address,
    CLERK_SECRET_ID: text,
    APP_ORIGIN: address,
    WEBHOOKS_FUNCTION_NAME: text,
  }),
  gateway: z.object({ CLERK_GATEWAY_NAME: text }),
  webhook: z.object({ CLERK_WEBHOOK_SECRET_ID: text, MAIL_SECRET_ID: z.optional(text) }),
  mail: z.object({ SENDS_MAIL: z.enum(['true', 'false']) }),
  reminders: z.object({
    APP_ORIGIN: address,
    MAIL_FROM: text,
    MAIL_CONFIGURATION_SET: text,
    MAIL_SECRET_ID: text,
  }),
  origin: z.object({ ORIGIN_SECRET_ID: text }),
  rotation: z.object({ DISTRIBUTION_ID: text, ORIGIN_HEADER: text }),
  bus: z.object({ EVENT_BUS_NAME: text }),
  failures: z.object({ FAILURE_BUCKET: text }),
  redrive: z.object({ FAILURE_BUCKET: text, AUDIT_WRITER_NAME: text, EVENT_PUBLISHER_NAME: text }),
  exports: z.object({ TABLE_NAME: text, EXPORT_BUCKET_NAME: text, CHECKPOINTS_FUNCTION_NAME: text }),
  erasures: z.object({ TABLE_NAME: text, CHECKPOINTS_FUNCTION_NAME: text }),
  removals: z.object({ TABLE_NAME: text, CHECKPOINTS_FUNCTION_NAME: text, CLERK_GATEWAY_NAME: text }),
  // The last one is the SDK's own, for S3-compatible stores.
  download: z.object({
    EXPORT_BUCKET_NAME: text,
    AWS_REGION: text,
    AWS_ENDPOINT_URL_S3: z.optional(address),
  }),
  checkpoints: z.object({
    TABLE_NAME: text,
    APP_ORIGIN: address,
    AUDIT_KEY_ID: text,
    ANCHOR_BUCKET_NAME: text,
  }),
};

// Parsed once: compiling a parser, as zod does by default, takes longer than parsing.
const once = { jitless: true };

export const tableSettings = () => shapes.table.parse(process.env, once);
export const adminSettings = () => shapes.admin.parse(process.env, once);
export const organizationSettings = () => shapes.organization.parse(process.env, once);
export const machinesSettings = () => shapes.machines.parse(process.env, once);
export const senderSettings = () => shapes.sender.parse(process.env, once);
export const wakesSenderSettings = () => shapes.wakesSender.parse(process.env, once);
export const stageSettings = () => shapes.stage.parse(process.env, once);
export const trailSettings = () => shapes.trail.parse(process.env, once);
export const tenantSettings = () => shapes.tenant.parse(process.env, once);
export const approvalsSettings = () => shapes.approvals.parse(process.env, once);
export const sessionSettings = () => shapes.session.parse(process.env, once);
export const httpSettings = () => shapes.http.parse(process.env, once);
export const clerkSettings = () => shapes.clerk.parse(process.env, once);
export const gatewaySettings = () => shapes.gateway.parse(process.env, once);
export const webhookSettings = () => shapes.webhook.parse(process.env, once);
export const reminderSettings = () => shapes.reminders.parse(process.env, once);
/** Whether this deployment sends reminders by email. */
export const sendsMail = () => shapes.mail.parse(process.env, once).SENDS_MAIL === 'true';
export const originSettings = () => shapes.origin.parse(process.env, once);
export const exportSettings = () => shapes.exports.parse(process.env, once);
export const erasureSettings = () => shapes.erasures.parse(process.env, once);
export const removalSettings = () => shapes.removals.parse(process.env, once);
export const downloadSettings = () => shapes.download.parse(process.env, once);
export const rotationSettings = () => shapes.rotation.parse(process.env, once);
export const checkpointSettings = () => shapes.checkpoints.parse(process.env, once);
export const busSettings = () => shapes.bus.parse(process.env, once);
export const failureSettings = () => shapes.failures.parse(process.env, once);
export const redriveSettings = () => shapes.redrive.parse(process.env, once);

/** How functions that serve requests know the webhook sender. */
export function outgoingWebhooks() {
  const { WEBHOOK_SENDER_NAME, WEBHOOK_SENDER_ROLE_ARN } = shapes.asksSender.parse(process.env, once);
  return {
    senderFunction: WEBHOOK_SENDER_NAME,
    senderRoleArn: WEBHOOK_SENDER_ROLE_ARN,
    isLocalAllowed: senderSettings().WEBHOOKS_TO_LOCALHOST === 'true',
  };
}

/** Names of the functions that export and erase personal data. */
export const personDataFunctions = () => {
  const { EXPORTS_FUNCTION_NAME: exports, ERASURES_FUNCTION_NAME: erasures } = shapes.asksPersonData.parse(
    process.env,
    once,
  );
  return { exports, erasures };
};
