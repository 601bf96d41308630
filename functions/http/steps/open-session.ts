import { abilityOf, rulesFor } from '../../../domain/access/ability.ts';
import { isChangedWhileLeaving, type Rule } from '../../../domain/access/rules.ts';
import { PLATFORM } from '../../../domain/ids.ts';
import { assertNotFrozen } from '../../../domain/organization/assert-served.ts';
import { organizationRefusals } from '../../../domain/organization/organization.refusals.ts';
import type { Organization } from '../../../domain/organization/profile.schema.ts';
import type { OrganizationScope } from '../../../domain/table/scope.ts';
import type { User } from '../../../domain/user/profile.schema.ts';
import type { ApiRequest, Caller } from '../request.ts';
import type { Routed } from '../resource.ts';
import type { RoleAccess } from '../route.ts';
import type { AccessAudit } from './audit-access.ts';
import { assertPath, ConcealedRefusal, type Rights } from './authorize.ts';
import type { Admit } from './count-request.ts';
import { isVisitor, type organizationVisits } from './visit-organization.ts';

/** An API key as caller: its name, scopes, and the rules it acts by. */
interface Machine {
  readonly name: string;
  readonly scopes: readonly string[];
  readonly rules: Rule[];
}

/** A member and their own organization; the platform has no profile. */
interface Membership {
  readonly user: User;
  readonly machine?: Machine;
  readonly organization: Organization | null;
}

/** The organization that a request works on; the platform has no profile. */
export interface Entered {
  readonly scope: OrganizationScope;
  readonly organization: Organization | null;
}

/** How a function identifies callers and opens what they request. */
export interface Tenancy {
  /** Reads the caller's current membership. Throws `forbidden` if there is none. */
  memberOf(caller: Caller, now: Date): Promise<Membership>;
  /**
   * Opens the organization in the path, or the platform. Throws `not_found` for a foreign organization just
   * as for none.
   */
  enter(organizationId: string, visit: Visit): Promise<Entered>;
}

/** Who requests an organization, and by which request. */
interface Visit {
  readonly member: User;
  /** Their own organization, as just read; the platform has no profile. */
  readonly home: Organization | null;
  readonly request: ApiRequest & Routed;
  readonly machine?: Machine | undefined;
}

/** A caller whose role was read for this request, in the organization they work on. */
export interface Session extends Rights {
  /** The caller, or the user whose view they have in support access. */
  readonly member: User;
  /** Records what was viewed, where required, before the response is sent. */
  readonly recordRead?: () => Promise<void>;
  /** Null on the platform's own routes. */
  readonly organization: Organization | null;
}

/** Opens an organization for a super admin; undefined where no support access is needed. */
type VisitOrganization = ReturnType<typeof organizationVisits> | undefined;

interface SessionInput {
  readonly caller: Caller;
  readonly access: RoleAccess;
  /** The organization claimed by their token. */
  readonly home: OrganizationScope | undefined;
  readonly admit: Admit;
  readonly visit: VisitOrganization;
}

/** Reads the caller's membership. Refused strangers are recorded on the platform's routes. */
async function readMembership(
  tenancy: Tenancy,
  audit: AccessAudit,
  request: ApiRequest & Routed,
  { caller, home }: SessionInput,
): Promise<Membership> {
  try {
    return await tenancy.memberOf(caller, request.now);
  } catch (error) {
    if (home !== undefined)
      request.settlements.push(() =>
        audit.recordRefusal({ ...caller, home, isMember: false }, request, error),
      );
    throw error;
  }
}

/**
 * Decides, from the table's current state, whether the caller may call this route, and opens its
 * organization. Denies by default. From here on, the audit log records the session and every refusal.
 */
export async function openSession(
  tenancy: Tenancy,
  audit: AccessAudit,
  request: ApiRequest & Routed,
  input: SessionInput,
): Promise<Session> {
  const { access, caller, home, admit, visit } = input;
  const { user: member, organization: own, machine } = await readMembership(tenancy, audit, request, input);
  const actor = { ...caller.actor, role: member.role, name: machine?.name ?? member.name };
  if (home !== undefined) {
    const audited = { identity: caller.identity, actor, home, isMember: true };
    // A key has no sessions; its use is recorded by `noteKeyUse`.
    const recording = machine === undefined ? audit.recordSession(audited, request) : undefined;
    request.settlements.push(async ({ error }) => {
      await Promise.all([
        recording,
        error === undefined ? undefined : audit.recordRefusal(audited, request, error),
      ]);
    });
  }
  await admit(own?.subscription.plan, member.role);
  const target = access.kind === 'platform' ? PLATFORM : (request.pathParameters?.organizationId ?? '');
  if (access.kind === 'organization') assertReach(member, target);
  const { scope, organization } = await tenancy.enter(target, { member, home: own, request, machine });
  const ctx = { scope, actor, now: request.now };
  const entered =
    visit !== undefined && isVisitor(member, access)
      ? await visit({ ctx, member }, access, request)
      : { ctx, member, ability: abilityOf(machine?.rules ?? rulesFor(member)) };
  const instance = assertPath(entered.ability, access, request.pathParameters ?? {}, target);
  if (organization !== null && changesWhatLeaves(access, request)) assertNotFrozen(organization);
  return { ...entered, organization, instance };
}

/** Whether a request changes data that a leaving organization exports: nothing may, once it is frozen. */
const changesWhatLeaves = ({ action, subject }: RoleAccess, { matched }: Routed): boolean =>
  matched.route.method !== 'GET' && !isChangedWhileLeaving(action, subject);

/** Members reach their own organization, super admins every one. */
function assertReach({ role, organizationId }: User, target: string): void {
  const isPlatforms = role === 'super_admin' && organizationId === PLATFORM;
  if (!isPlatforms && organizationId !== target)
    throw new ConcealedRefusal(organizationRefusals.organization_not_found());
}
