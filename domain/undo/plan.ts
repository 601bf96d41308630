import type { Action, Subject } from '../access/permission.ts';
import type { Instance } from '../access/rules.ts';
import type { AuditEntry } from '../audit/audit.schema.ts';
import type { Context } from '../context.ts';
import { type Fields, same } from '../difference.ts';
import type { AppError } from '../errors.ts';
import { countsOf, exceeded } from '../organization/counts.ts';
import type { Organization } from '../organization/profile.schema.ts';
import { catalogue } from '../subscription/catalogue.ts';
import type { Entitlement } from '../subscription/subscription.schema.ts';
import { type DeletedItem, deletedItem } from '../table/deletion-record.ts';
import type { OrganizationScope } from '../table/scope.ts';
import type { MemberClaims } from '../user/member-claims.ts';
import { undoRefusals } from './undo.refusals.ts';
import type { FieldOutcome, UndoEffect, UndoneField } from './undo.schema.ts';

/** Whether the caller may make this change by hand. */
type May = (
  action: Action,
  subject: Subject,
  instance: Omit<Instance, 'organizationId'>,
  field?: string,
) => boolean;

/** Who undoes what, and where. */
export interface Undoing {
  readonly ctx: Context;
  readonly organization: Organization;
  readonly may: May;
  readonly claims: MemberClaims;
  readonly entry: AuditEntry;
}

/** The effect of undoing an entry in the current state. */
export interface Plan {
  /** The current revision of the item; null if it doesn't exist. */
  readonly revision: number | null;
  readonly fields: readonly UndoneField[];
  readonly effects: readonly UndoEffect[];
  /** Why nothing can be done. */
  readonly refusal: AppError | null;
  /**
   * Performs it through the use case of the same change by hand, in a single transaction.
   * @param ctx the plan's context, with the undo's additional writes
   */
  apply(ctx: Context): Promise<unknown>;
}

/** Plans the undo of an entry of one kind. */
export type Planner = (undoing: Undoing) => Promise<Plan>;

const nothing = async (): Promise<void> => undefined;

/** The plan of an undo that isn't possible. */
export const refused = (refusal: AppError, plan: Partial<Plan> = {}): Plan => ({
  ...{ revision: null, fields: [], effects: [], apply: nothing },
  ...plan,
  refusal,
});

/** The plan of an undo that is possible unless one of these refusals, in order, applies. */
export const planned = ({
  refusals = [],
  effects = [],
  fields = [],
  ...plan
}: Pick<Plan, 'revision' | 'apply'> &
  Partial<Plan> & { readonly refusals?: readonly (AppError | null)[] }): Plan => ({
  fields,
  effects,
  ...plan,
  refusal: refusals.find((refusal) => refusal !== null) ?? null,
});

/** The images of an entry; empty if absent. */
export const imagesOf = ({ details }: AuditEntry): { readonly before: Fields; readonly after: Fields } => ({
  before: details.before ?? {},
  after: details.after ?? {},
});

interface Three {
  readonly before: Fields;
  readonly after: Fields;
  readonly now: Fields;
}

/**
 * Three-way comparison of the fields that the entry changed: a field that still has the entry's value can
 * get the previous one back.
 * @param judge further objections to restoring a field
 */
export const compared = (
  names: readonly string[],
  { before, after, now }: Three,
  judge: (field: string) => FieldOutcome,
): UndoneField[] =>
  names
    .filter((name) => !same(before[name], after[name]))
    .map((field) => ({
      field,
      ...(before[field] === undefined ? {} : { before: before[field] }),
      ...(after[field] === undefined ? {} : { after: after[field] }),
      ...(now[field] === undefined ? {} : { now: now[field] }),
      outcome: outcomeOf(field, { before, after, now }, judge),
    }));

function outcomeOf(
  field: string,
  { before, after, now }: Three,
  judge: (field: string) => FieldOutcome,
): FieldOutcome {
  if (same(now[field], before[field])) return 'as_before';
  if (!same(now[field], after[field])) return 'changed_since';
  return judge(field);
}

/** The values to restore; null if there was none. */
export const valuesOf = (fields: readonly UndoneField[]): Fields =>
  Object.fromEntries(
    fields
      .filter(({ outcome }) => outcome === 'put_back')
      .map(({ field, before }) => [field, before ?? null]),
  );

/** Why none of the fields can be restored; null if one can. */
export function nothingToPutBack(fields: readonly UndoneField[]): AppError | null {
  const has = (wanted: FieldOutcome) => fields.some(({ outcome }) => outcome === wanted);
  if (has('put_back')) return null;
  return has('not_allowed') ? undoRefusals.undo_not_allowed() : undoRefusals.undo_overtaken();
}

/** The refusal of what the rules don't allow; null if they do. */
export const unless = (allowed: boolean): AppError | null =>
  allowed ? null : undoRefusals.undo_not_allowed();

/** The item that an entry deleted; null if it is no longer kept. */
export async function deletionOf(scope: OrganizationScope, entry: AuditEntry): Promise<DeletedItem | null> {
  const { before } = imagesOf(entry);
  const { createdAt, revision } = before;
  const [entity = '', ...key] = entry.resource.split('/');
  if (typeof createdAt !== 'string' || typeof revision !== 'number') return null;
  return await deletedItem(scope, { entity, sortKey: key.join('/'), createdAt, revision });
}

/** The refusal of one more than the plan allows; null while there is room. The write checks it again. */
export async function noRoomFor(
  scope: OrganizationScope,
  of: Entitlement,
  { subscription: { plan } }: Organization,
): Promise<AppError | null> {
  const { users, pendingInvitations, teams, kpis } = await countsOf(scope, true);
  const used = { seats: users + pendingInvitations, teams, kpis };
  return used[of] < catalogue[plan][of] ? null : exceeded(of, plan);
}
