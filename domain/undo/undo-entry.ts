import type { EntryReference } from '../actor.ts';
import type { AuditEntry } from '../audit/audit.schema.ts';
import { nameValues } from '../audit/name-things.ts';
import { entryOf, isImported } from '../audit/stored-entries.ts';
import { type AppError, stale } from '../errors.ts';
import { erasedPerson } from '../ids.ts';
import { itemKinds } from '../nouns.ts';
import type { Undoing as Declared } from '../table/item.ts';
import { find } from '../table/reads.ts';
import { carrying } from '../table/transaction.ts';
import { create } from '../table/writes.ts';
import { type Plan, type Planner, refused, type Undoing } from './plan.ts';
import { UndoneItem } from './undo.noun.ts';
import { undoRefusals } from './undo.refusals.ts';
import { type Undo, type UndoKind, undoDays } from './undo.schema.ts';

/** The planners of each kind of item, loaded on demand. */
export const planners: Readonly<Record<string, () => Promise<Planner>>> = {
  team: async () => (await import('./undo-team.ts')).undoTeam,
  teamMember: async () => (await import('./undo-team-member.ts')).undoTeamMember,
  kpi: async () => (await import('./undo-kpi.ts')).undoKpi,
  checkIn: async () => (await import('./undo-correction.ts')).undoCorrection,
  initiative: async () => (await import('./undo-initiative.ts')).undoInitiative,
  user: async () => (await import('./undo-user.ts')).undoUser,
  organization: async () => (await import('./undo-organization.ts')).undoOrganization,
};

/** The planner of an entry; undefined for one that the product didn't write. */
async function plannerOf(entry: AuditEntry): Promise<Planner | undefined> {
  const { resource } = entry;
  const load = planners[resource.slice(0, resource.indexOf('/'))];
  return load === undefined || isImported(entry) ? undefined : await load();
}

type Asked = Omit<Undoing, 'entry'>;

const dayMs = 86_400_000;
const untilOf = ({ timestamp }: EntryReference): Date => new Date(Date.parse(timestamp) + undoDays * dayMs);

const kinds: Readonly<Record<string, UndoKind>> = {
  'puts back': 'puts_back',
  'brings back': 'brings_back',
  'takes away': 'takes_away',
};

/** How an action's undo is declared on its item. */
const declaredOf = (action: string): Declared | undefined =>
  itemKinds.find(({ trail }) => trail?.actions.some((known) => known === action))?.trail?.undo?.[action];

/** The errors for changes that can never be undone, by reason. */
const never: Readonly<Partial<Record<Declared, () => AppError>>> = {
  'never: creation': undoRefusals.undo_of_creation,
  'never: import': undoRefusals.undo_of_import,
  'never: account': undoRefusals.undo_of_account,
  'never: platform': undoRefusals.undo_of_platform,
  'never: invitation': undoRefusals.undo_of_invitation,
  'never: joining': undoRefusals.undo_of_joining,
  'never: check-in': undoRefusals.undo_of_check_in,
  'never: event': undoRefusals.undo_of_event,
  'never: expiry': undoRefusals.undo_of_expiry,
  'never: kind': undoRefusals.undo_of_other,
};

/** Whether a value contains a pseudonym: an erased person's data can't be restored. */
const namesErased = (value: unknown): boolean =>
  typeof value === 'string'
    ? erasedPerson.test(value)
    : typeof value === 'object' && value !== null && Object.values(value).some(namesErased);

/** An entry with the effect of undoing it now. */
interface Judged {
  readonly entry: Undoing['entry'];
  readonly kind: UndoKind | null;
  readonly plan: Plan;
  readonly undone: Undo['undone'];
}

async function judge(asked: Asked, reference: EntryReference): Promise<Judged> {
  const { scope, now } = asked.ctx;
  const [entry, undone] = await Promise.all([
    entryOf(scope, reference),
    find(scope, UndoneItem, { entryId: reference.id }),
  ]);
  if (entry === null) throw undoRefusals.undo_entry_not_found();
  const declared = declaredOf(entry.action);
  const kind = kinds[declared ?? ''] ?? null;
  const by = undone === null ? null : { by: undone.by, name: undone.byName, at: undone.at };
  const no = (refusal: AppError) => ({ entry, kind, undone: by, plan: refused(refusal) });
  const objection = declared === undefined ? undoRefusals.undo_of_other : never[declared];
  if (objection !== undefined) return no(objection());
  if (namesErased([entry.resource, entry.details])) return no(undoRefusals.undo_of_erased());
  if (by !== null) return no(undoRefusals.undo_done({ name: by.name ?? by.by }));
  if (now > untilOf(reference)) return no(undoRefusals.undo_expired({ days: undoDays }));
  const plan = await plannerOf(entry);
  if (plan === undefined) return no(undoRefusals.undo_of_other());
  return { entry, kind, undone: by, plan: await plan({ ...asked, entry }) };
}

async function show(asked: Asked, { entry, kind, plan, undone }: Judged, applied: boolean): Promise<Undo> {
  const { id: entryId, timestamp, action, resource } = entry;
  const { revision, refusal } = plan;
  const fields = [...plan.fields];
  return {
    ...{ entryId, timestamp, action, resource, kind, applied, revision, fields, undone },
    until: untilOf(entry).toISOString(),
    effects: [...plan.effects],
    refusal:
      refusal === null
        ? null
        : {
            code: refusal.code,
            message: refusal.message,
            params: refusal.params,
            ...(refusal.reason === undefined ? {} : { reason: refusal.reason }),
          },
    names: await nameValues(
      asked.ctx.scope,
      fields.map(({ before, after, now }) => [before, after, now]),
    ),
  };
}

/** Previews undoing an entry without changing anything. Throws `not_found`. */
export async function previewUndo(asked: Asked, reference: EntryReference): Promise<Undo> {
  return await show(asked, await judge(asked, reference), false);
}

/**
 * Undoes an entry: restores fields that still have the entry's value, restores what it deleted, or removes
 * what it created. The rules, limits and conditions of the same change by hand apply. It leaves entries
 * that refer to this one, and an entry is undone at most once. Throws the plan's refusal, and `stale` if
 * the item is no longer at `revision`.
 */
export async function undoEntry(
  asked: Asked,
  reference: EntryReference,
  revision: number | null | undefined,
): Promise<Undo> {
  const judged = await judge(asked, reference);
  const { plan, entry } = judged;
  if (plan.refusal !== null) throw plan.refusal;
  if (revision !== undefined && revision !== plan.revision) throw stale();
  const { ctx } = asked;
  const { id, timestamp } = entry;
  const actor = { ...ctx.actor, undoes: { id, timestamp } };
  await plan.apply({ ...ctx, actor, scope: carrying(ctx.scope, [claimOf(asked, reference)]) });
  return await show(asked, judged, true);
}

/** The write that records the undo; refused if the entry was undone already. */
const claimOf = ({ ctx: { scope, actor, now } }: Asked, reference: EntryReference) =>
  create(
    scope,
    UndoneItem,
    {
      entryId: reference.id,
      by: actor.by,
      byName: actor.name,
      at: now.toISOString(),
      // A day longer than the entry can be undone.
      expiresAt: Math.floor((untilOf(reference).getTime() + dayMs) / 1000),
    },
    undoRefusals.undo_done_meanwhile,
  );
