import { KpiId, UserId } from '../ids.ts';
import { restoreInitiative } from '../initiative/create-initiative.ts';
import { deleteInitiative } from '../initiative/delete-initiative.ts';
import { Initiative, InitiativeChange, InitiativeId } from '../initiative/initiative.schema.ts';
import { findInitiative, type StoredInitiative, showInitiative } from '../initiative/list-initiatives.ts';
import { updateInitiative } from '../initiative/update-initiative.ts';
import { findKpi } from '../kpi/find-kpi.ts';
import { instanceOfKpi, type Kpi } from '../kpi/kpi.schema.ts';
import { isActive } from './former-members.ts';
import {
  compared,
  deletionOf,
  imagesOf,
  nothingToPutBack,
  type Plan,
  planned,
  refused,
  type Undoing,
  unless,
  valuesOf,
} from './plan.ts';
import { undoRefusals } from './undo.refusals.ts';

/** Plans the undo of a change to an initiative. */
export async function undoInitiative(undoing: Undoing): Promise<Plan> {
  const { ctx, entry } = undoing;
  const image = entry.details.after ?? entry.details.before ?? {};
  const kpiId = KpiId.parse(image.kpiId);
  const initiativeId = InitiativeId.parse(image.initiativeId);
  const [kpi, stored] = await Promise.all([
    findKpi(ctx.scope, kpiId, ctx.now),
    findInitiative(ctx.scope, { kpiId, initiativeId }),
  ]);
  if (kpi === null) return refused(undoRefusals.undo_kpi_gone());
  if (entry.action === 'initiative.deleted')
    return stored === null ? bringBack(undoing, kpi) : refused(undoRefusals.undo_there_again());
  if (stored === null) return refused(undoRefusals.undo_gone());
  return entry.action === 'initiative.restored'
    ? takeAway(undoing, kpi, stored)
    : putBack(undoing, kpi, stored);
}

async function putBack({ ctx, may, entry }: Undoing, kpi: Kpi, stored: StoredInitiative): Promise<Plan> {
  const now = showInitiative(stored, kpi);
  const { revision } = now;
  const images = imagesOf(entry);
  const instance = { ...instanceOfKpi(kpi), userId: now.ownerId };
  const { data: formerOwner } = UserId.safeParse(images.before.ownerId);
  const isHere = formerOwner !== undefined && (await isActive(ctx.scope, formerOwner));
  const names = ['title', 'ownerId', 'dueDate', 'status', 'notes'];
  const fields = compared(names, { ...images, now: { ...now } }, (field) => {
    if (!may('update', 'Initiative', instance, field)) return 'not_allowed';
    return field === 'ownerId' && !isHere ? 'gone' : 'put_back';
  });
  const { data: change } = InitiativeChange.safeParse(valuesOf(fields));
  return planned({
    revision,
    fields,
    refusals: [nothingToPutBack(fields), change === undefined ? undoRefusals.undo_outdated() : null],
    apply: (marked) => updateInitiative(marked, now, { ...change, revision }),
  });
}

async function bringBack({ ctx, may, entry }: Undoing, kpi: Kpi): Promise<Plan> {
  const deleted = await deletionOf(ctx.scope, entry);
  if (deleted === null) return refused(undoRefusals.undo_record_gone());
  const { initiativeId: id } = deleted.item;
  const initiative = Initiative.parse({ ...deleted.item, id, kpiName: kpi.name });
  return planned({
    revision: null,
    refusals: [
      unless(may('create', 'Initiative', instanceOfKpi(kpi))),
      (await isActive(ctx.scope, initiative.ownerId)) ? null : undoRefusals.undo_owner_gone(),
    ],
    apply: (marked) => restoreInitiative(marked, kpi, initiative),
  });
}

function takeAway({ may, entry }: Undoing, kpi: Kpi, stored: StoredInitiative): Plan {
  const { revision } = stored;
  return planned({
    revision,
    refusals: [
      unless(may('delete', 'Initiative', { ...instanceOfKpi(kpi), userId: stored.ownerId })),
      revision === imagesOf(entry).after.revision ? null : undoRefusals.undo_changed_since(),
    ],
    apply: (marked) => deleteInitiative(marked, stored, { revision }),
  });
}
