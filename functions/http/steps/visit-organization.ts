import QuickLRU from 'quick-lru';
import { abilityOf, mayAllow } from '../../../domain/access/ability.ts';
import { type Ability, rulesOfVisit, type Visit } from '../../../domain/access/rules.ts';
import type { Context } from '../../../domain/context.ts';
import { PLATFORM } from '../../../domain/ids.ts';
import type { SupportVisit } from '../../../domain/support-access/find-support-access.ts';
import type { User } from '../../../domain/user/profile.schema.ts';
import type { ApiRequest } from '../request.ts';
import type { Routed } from '../resource.ts';
import type { RoleAccess, Route } from '../route.ts';

// Loaded for super admins who enter an organization.
const service = async () => {
  const [found, { whileOpen }, { supportAccessRefusals }, { findUser }, { recordSeen }] = await Promise.all([
    import('../../../domain/support-access/find-support-access.ts'),
    import('../../../domain/support-access/support-access-writes.ts'),
    import('../../../domain/support-access/support-access.refusals.ts'),
    import('../../../domain/user/find-user.ts'),
    import('../../../domain/audit/record-access.ts'),
  ]);
  return { ...found, whileOpen, supportAccessRefusals, findUser, recordSeen };
};
type Service = Awaited<ReturnType<typeof service>>;

/** How a super admin works in an organization, for one request. */
export interface Visiting {
  readonly ctx: Context;
  /** Themselves, or the user whose view they have. */
  readonly member: User;
  readonly ability: Ability;
  /** Records in the organization's audit log what was viewed. What can't be recorded isn't shown. */
  readonly recordRead?: () => Promise<void>;
}

type Visited = ApiRequest & Routed;
type Entering = Pick<Visiting, 'ctx' | 'member'>;

/** Whether a caller enters an organization other than their own. */
export const isVisitor = ({ organizationId }: User, { kind }: RoleAccess): boolean =>
  organizationId === PLATFORM && kind === 'organization';

const isAboutSupport = ({ subject }: RoleAccess): boolean =>
  subject === 'SupportAccess' || subject === 'SupportConsent';

const isReading = ({ method }: Route): boolean => method === 'GET';

/** What was viewed: one item, or a list of a kind. */
interface Page {
  readonly seen: string;
  readonly thing?: string;
}

/** A page requests several parts of an item: it is the one that the path names first. */
function pageOf({ subject }: RoleAccess, parameters: ApiRequest['pathParameters'] = {}) {
  const kind: Page = { seen: subject };
  const [page] = Object.entries(parameters).flatMap<Page>(([name, thing]) =>
    name === 'organizationId' || thing === undefined ? [] : [{ seen: name.replace(/Id$/, ''), thing }],
  );
  return { kind, page };
}

/** How many items of a kind are recorded individually per hour; beyond that, only the kind is. */
const mostThings = 100;

/** What this execution environment has recorded: each page once an hour, to bound writes. */
function seenPages() {
  const recorded = new QuickLRU<string, true>({ maxSize: 10_000 });
  const things = new QuickLRU<string, number>({ maxSize: 5000 });
  return async (
    { recordSeen }: Service,
    ctx: Context,
    { supportAccessId, viewingAs }: SupportVisit,
    access: RoleAccess,
    { pathParameters }: Visited,
  ): Promise<void> => {
    const hour = `${supportAccessId} ${ctx.now.toISOString().slice(0, 13)} ${viewingAs ?? ''}`;
    const { kind, page } = pageOf(access, pathParameters);
    const count = things.get(`${hour} ${kind.seen}`) ?? 0;
    const keyOf = ({ seen, thing }: Page) => `${hour} ${seen} ${thing ?? ''}`;
    const isNamed = page !== undefined && (recorded.has(keyOf(page)) || count < mostThings);
    const shown: Page = isNamed ? page : kind;
    if (recorded.has(keyOf(shown))) return;
    const viewed = viewingAs === undefined ? {} : { viewedAs: viewingAs };
    await recordSeen(ctx, supportAccessId, { ...shown, ...viewed });
    recorded.set(keyOf(shown), true);
    if (isNamed) things.set(`${hour} ${kind.seen}`, count + 1);
  };
}

/** The current state of a support access, and the rules it grants. */
interface Standing {
  readonly visit: SupportVisit | null;
  readonly open: SupportVisit | null;
  readonly as: Visit;
  readonly ability: Ability;
}

/** Refuses a request outside the support access, with the reason. */
function assertCovered(
  { supportAccessRefusals }: Service,
  route: Route,
  { action, subject }: RoleAccess,
  { visit, open, as, ability }: Standing,
): void {
  if (open === null) {
    if (isReading(route) && mayAllow(ability, action, subject)) return;
    throw visit === null
      ? supportAccessRefusals.support_access_needed()
      : supportAccessRefusals.support_access_waits();
  }
  if (open.viewingAs !== undefined && as.mode !== 'view') throw supportAccessRefusals.viewed_user_gone();
  if (isReading(route)) return;
  if (open.viewingAs !== undefined) throw supportAccessRefusals.support_access_views_only();
  if (open.mode === 'read') throw supportAccessRefusals.support_access_is_read_only();
}

/**
 * Opens an organization for a super admin, within their support access. In an `open` stage none is needed
 * and this isn't used. A request that started in time is answered; its writes are conditional on the access
 * still being open. Throws `forbidden`.
 */
export function organizationVisits() {
  const record = seenPages();
  return async (entering: Entering, access: RoleAccess, request: Visited): Promise<Visiting> => {
    const { ctx, member: operator } = entering;
    const { scope, now } = ctx;
    const { route } = request.matched;
    const loaded = await service();
    const visit = await loaded.findVisit(scope, operator.userId, now);
    const open = visit?.state === 'open' ? visit : null;
    const viewed = open?.viewingAs === undefined ? null : await loaded.findUser(scope, open.viewingAs);
    const as = visitOf(open, viewed);
    const ability = abilityOf(rulesOfVisit(scope.organizationId, as));
    const actor = open === null ? ctx.actor : { ...ctx.actor, supportAccess: open.supportAccessId };
    const member = as.mode === 'view' && viewed !== null ? viewed : operator;
    if (isAboutSupport(access)) return { ctx: { ...ctx, actor }, member, ability };
    assertCovered(loaded, route, access, { visit, open, as, ability });
    if (open === null) return { ctx, member, ability };
    if (!isReading(route)) {
      const held = { ...scope, whileHolds: loaded.whileOpen(scope, open) };
      return { ctx: { scope: held, actor, now }, member, ability };
    }
    const reading = { scope, actor, now };
    const recordRead = () => record(loaded, reading, open, access, request);
    return { ctx: reading, member, ability, recordRead };
  };
}

/** The effective rights: those of the viewed user, as long as that user is active. */
function visitOf(open: SupportVisit | null, viewed: User | null): Visit {
  if (open === null) return { mode: 'none' };
  if (open.viewingAs === undefined) return { mode: open.mode };
  return viewed?.status === 'active' ? { mode: 'view', as: viewed } : { mode: 'none' };
}
