import type { Context } from '../context.ts';
import { stale } from '../errors.ts';
import { transact } from '../table/transaction.ts';
import { remove } from '../table/writes.ts';
import { InitiativeItem } from './initiative.noun.ts';
import type { StoredInitiative } from './list-initiatives.ts';

/** Deletes an initiative. Throws `stale`. */
export async function deleteInitiative(
  ctx: Context,
  initiative: StoredInitiative,
  { revision }: { readonly revision: number },
): Promise<void> {
  if (initiative.revision !== revision) throw stale();
  await transact(ctx.scope, remove(ctx, InitiativeItem, initiative, 'initiative.deleted'));
}
