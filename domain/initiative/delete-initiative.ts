import type { Context } from '../context.ts';
import { stale } from '../errors.ts';
import { transact } from '../table/transaction.ts';
import { remove } from '../table/writes.ts';
import { InitiativeItem } from './initiative.noun.ts';
import type { Initiative } from './initiative.schema.ts';

/** Deletes an initiative. Throws `stale`. */
export async function deleteInitiative(
  ctx: Context,
  initiative: Initiative,
  { revision }: { readonly revision: number },
): Promise<void> {
  if (initiative.revision !== revision) throw stale();
  const gone = { ...initiative, initiativeId: initiative.id };
  await transact(ctx.scope, remove(ctx, InitiativeItem, gone, 'initiative.deleted'));
}
