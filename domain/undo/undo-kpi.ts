import * as z from 'zod/mini';
import { type Fields, isFields, same } from '../difference.ts';
import { AppError } from '../errors.ts';
import { KpiId } from '../ids.ts';
import { deleteKpi } from '../kpi/delete-kpi.ts';
import { findKpi } from '../kpi/find-kpi.ts';
import { instanceOfKpi, Kpi, KpiChange } from '../kpi/kpi.schema.ts';
import { restoreKpi } from '../kpi/restore-kpi.ts';
import { updateKpi, withChange } from '../kpi/update-kpi.ts';
import { absentPeople, isOwnerHere } from './former-members.ts';
import {
  compared,
  deletionOf,
  imagesOf,
  noRoomFor,
  nothingToPutBack,
  type Plan,
  planned,
  refused,
  type Undoing,
  unless,
  valuesOf,
} from './plan.ts';
import { undoRefusals } from './undo.refusals.ts';
import type { UndoEffect } from './undo.schema.ts';

const Owned = z.pick(Kpi, { owner: true });

const changeable = [
  ...['name', 'description', 'unit', 'direction', 'baseline', 'target', 'period', 'formula'],
  ...['owner', 'assigneeIds'],
];

/** A KPI's image with its goal's fields at the top level, as in the API. */
const flat = ({ goal, ...image }: Fields): Fields => ({ ...image, ...(isFields(goal) ? goal : {}) });

/** Plans the undo of a change to a KPI. */
export const undoKpi = (undoing: Undoing): Promise<Plan> => {
  const kpiId = KpiId.parse(undoing.entry.resource.slice('kpi/'.length));
  if (undoing.entry.action === 'kpi.updated') return putBack(undoing, kpiId);
  return undoing.entry.action === 'kpi.restored' ? takeAway(undoing, kpiId) : bringBack(undoing, kpiId);
};

/** A KPI with restored values, or why they don't fit. */
function changed(kpi: Kpi, values: Fields): Kpi | AppError {
  const change = KpiChange.safeParse(values);
  if (!change.success) return undoRefusals.undo_outdated();
  try {
    return withChange(kpi, change.data);
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}

async function putBack({ ctx, may, entry }: Undoing, kpiId: KpiId): Promise<Plan> {
  const { scope, now } = ctx;
  const kpi = await findKpi(scope, kpiId, now);
  if (kpi === null) return refused(undoRefusals.undo_gone());
  const images = imagesOf(entry);
  const before = flat(images.before);
  const { owner } = Owned.parse(before);
  const isHere = await isOwnerHere(scope, owner);
  const fields = compared(changeable, { before, after: flat(images.after), now: { ...kpi } }, (field) => {
    if (!may('update', 'Kpi', instanceOfKpi(kpi), field)) return 'not_allowed';
    return field === 'owner' && !isHere ? 'gone' : 'put_back';
  });
  const values = valuesOf(fields);
  const absent = await absentPeople(scope, values.assigneeIds, kpi.assigneeIds);
  const assigneeIds = absent.left;
  const nothing = nothingToPutBack(fields);
  const after = nothing === null ? changed(kpi, { ...values, ...(assigneeIds && { assigneeIds }) }) : kpi;
  const { revision } = kpi;
  return planned({
    ...{ revision, fields, effects: absent.effects },
    refusals: [
      nothing,
      after instanceof AppError ? after : unless(may('update', 'Kpi', instanceOfKpi(after))),
    ],
    apply: async (marked) =>
      after instanceof AppError ? undefined : await updateKpi(marked, { before: kpi, after, revision }),
  });
}

async function bringBack({ ctx, may, entry, organization }: Undoing, kpiId: KpiId): Promise<Plan> {
  const { scope, now } = ctx;
  const [present, deleted] = await Promise.all([findKpi(scope, kpiId, now), deletionOf(scope, entry)]);
  if (present !== null) return refused(undoRefusals.undo_there_again());
  if (deleted === null) return refused(undoRefusals.undo_record_gone());
  const was = Kpi.parse({ ...deleted.item, id: kpiId });
  const [absent, isHere, full] = await Promise.all([
    absentPeople(scope, was.assigneeIds),
    isOwnerHere(scope, was.owner),
    noRoomFor(scope, 'kpis', organization),
  ]);
  const kpi = { ...was, assigneeIds: absent.left ?? [] };
  const returning: UndoEffect[] = was.latest === null ? [] : [{ kind: 'check_ins_return' }];
  return planned({
    revision: null,
    effects: [...returning, ...absent.effects],
    refusals: [
      unless(may('create', 'Kpi', instanceOfKpi(kpi))),
      isHere ? null : undoRefusals.undo_owner_gone(),
      full,
    ],
    apply: (marked) => restoreKpi(marked, { kpi, plan: organization.subscription.plan }),
  });
}

async function takeAway({ ctx, may, entry }: Undoing, kpiId: KpiId): Promise<Plan> {
  const kpi = await findKpi(ctx.scope, kpiId, ctx.now);
  if (kpi === null) return refused(undoRefusals.undo_overtaken());
  const { after } = imagesOf(entry);
  const { revision } = kpi;
  // Check-ins don't change the revision.
  const isSame = revision === after.revision && same(kpi.latest ?? undefined, after.latest ?? undefined);
  return planned({
    revision,
    refusals: [
      unless(may('delete', 'Kpi', instanceOfKpi(kpi))),
      isSame ? null : undoRefusals.undo_changed_since(),
    ],
    apply: (marked) => deleteKpi(marked, { kpi, revision }),
  });
}
