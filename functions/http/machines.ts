import QuickLRU from 'quick-lru';
import { apiKeyRefusals } from '../../domain/api-key/api-key.schema.ts';
import { readKeyText } from '../../domain/api-key/key-text.ts';
import { scopeFor } from '../../domain/api-key/scopes.ts';
import { letIn, type Machine, machineUserId, noteKeyUse } from '../../domain/api-key/use-api-key.ts';
import { organizationRefusals } from '../../domain/organization/organization.refusals.ts';
import { openOrganizations } from '../../domain/table/tables.ts';
import { log } from '../log.ts';
import { keySessions } from '../machines/key-sessions.ts';
import { measureRequest } from '../metrics.ts';
import { machinesSettings, tableSettings, trailSettings } from '../settings.ts';
import type { OrganizationDependencies } from './dependencies.ts';
import type { Identity } from './identity.ts';
import { batchPager, pager } from './paging.ts';
import { pipeline } from './pipeline.ts';
import { resourcesFor } from './resources.ts';

const { STAGE, CURSOR_SECRET_ID, KEY_BROKER_NAME } = machinesSettings();
const sessions = keySessions(KEY_BROKER_NAME);
const open = openOrganizations(tableSettings().TABLE_NAME, sessions.assumeRole);

const noClerk = () => Promise.reject(apiKeyRefusals.not_for_keys());

const dependencies: OrganizationDependencies = {
  open,
  page: pager(CURSOR_SECRET_ID),
  batch: batchPager(CURSOR_SECRET_ID),
  // No scope includes anything that calls the identity provider.
  provider: { send: noClerk, withdraw: noClerk, link: noClerk, isMember: noClerk },
  checkpointsFunction: trailSettings().CHECKPOINTS_FUNCTION_NAME,
  supportStage: 'reasoned',
  stage: STAGE,
};

/** The keys of pending requests, as sent. */
const presented = new WeakMap<
  Identity,
  { readonly text: string; readonly of: NonNullable<ReturnType<typeof readKeyText>> }
>();
/** When keys were last used, as known to this execution environment. */
const used = new QuickLRU<string, Machine['key']>({ maxSize: 5000 });

/**
 * The organization API for programs. The organization function forwards requests unchanged. This function's
 * own role can't reach any organization: the broker opens one for a valid key.
 */
export const handler = pipeline({
  log,
  measure: measureRequest,
  verify: async (text, access) => {
    const of = readKeyText(STAGE, text);
    if (of === null) throw apiKeyRefusals.key_malformed();
    const { organizationId, apiKeyId, hash } = of;
    if (access?.kind !== 'organization' || scopeFor(access) === undefined)
      throw apiKeyRefusals.not_for_keys();
    const userId = machineUserId(apiKeyId);
    const identity = { userId, sessionId: `${apiKeyId} ${hash}`, apiKeyId, organizationId };
    presented.set(identity, { text, of });
    return identity;
  },
  rateLimitScope: ({ organizationId }) => (organizationId === undefined ? undefined : open(organizationId)),
  tenancy: {
    memberOf: async ({ identity }, now) => {
      const key = presented.get(identity);
      if (key === undefined) throw apiKeyRefusals.key_unknown();
      await sessions.open(key.of.organizationId, key.text);
      const machine = await letIn(open(key.of.organizationId), key.of, now);
      used.set(key.of.apiKeyId, machine.key);
      const { user, organization, rules } = machine;
      return { user, organization, machine: { name: machine.key.name, rules, scopes: machine.key.scopes } };
    },
    enter: async (organizationId, { home, request: { matched }, machine }) => {
      if (home?.id !== organizationId) throw organizationRefusals.organization_not_found();
      const { access } = matched.route;
      const scope = 'subject' in access ? scopeFor(access) : undefined;
      if (scope !== undefined && machine?.scopes.includes(scope) !== true)
        throw apiKeyRefusals.scope_missing({ scope });
      return { scope: open(home.id), organization: home };
    },
  },
  noteActivity: async (ctx) => {
    const key = used.get(ctx.actor.by);
    if (key === undefined) return;
    await noteKeyUse(ctx, key);
  },
  resources: resourcesFor(dependencies),
});
