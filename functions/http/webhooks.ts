import { PLATFORM } from '../../domain/ids.ts';
import { partitionPatterns } from '../../domain/table/layout.ts';
import { openOrganizations, roleClient } from '../../domain/table/tables.ts';
import { stsAssumeRole } from '../../domain/table/tenant-credentials.ts';
import { log } from '../log.ts';
import { measureRequest } from '../metrics.ts';
import { tenantSettings, webhookSettings } from '../settings.ts';
import { httpRefusals } from './http.refusals.ts';
import { pipeline } from './pipeline.ts';

const { TABLE_NAME, TENANT_ROLE_ARN } = tenantSettings();
const { CLERK_WEBHOOK_SECRET_ID, MAIL_SECRET_ID } = webhookSettings();
const nobody = () => Promise.reject(httpRefusals.nobody_signs_in());

const dependencies = {
  log,
  platform: { organizationId: PLATFORM, ...roleClient(TABLE_NAME, partitionPatterns.identity) },
  rounds: { organizationId: PLATFORM, ...roleClient(TABLE_NAME, [partitionPatterns.auditRounds]) },
  open: openOrganizations(TABLE_NAME, stsAssumeRole(TENANT_ROLE_ARN)),
  signingSecretId: CLERK_WEBHOOK_SECRET_ID,
  mailSecretId: MAIL_SECRET_ID,
};

const served = async () => (await import('./webhook/handlers.ts')).publicResource(dependencies);

const requests = pipeline({
  log,
  measure: measureRequest,
  verify: nobody,
  rateLimitScope: () => undefined,
  tenancy: { memberOf: nobody, enter: nobody },
  resources: { health: served, 'audit-key': served, webhooks: served, unsubscribe: served },
});

/** Deliveries from the gateway, by direct invocation; no API request has this shape. */
async function delivered(event: object, requestId: string) {
  const [{ applyDelivery }, { IdentityDelivery }] = await Promise.all([
    import('./webhook/handlers.ts'),
    import('../clerk/identity-delivery.ts'),
  ]);
  return await applyDelivery(IdentityDelivery.parse(event), { requestId, now: new Date() }, dependencies);
}

/**
 * Endpoints without a session: Clerk's signed webhook, health, and the links that turn email off. Also
 * applies user states that the gateway read from Clerk and that no webhook has reported.
 */
export const handler = async (...[event, context]: Parameters<typeof requests>) =>
  'identity' in event ? await delivered(event, context.awsRequestId) : await requests(event, context);
