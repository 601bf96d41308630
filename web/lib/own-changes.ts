import * as z from 'zod/mini';

const key = 'mtcms-own-changes';
const most = 50;

/** The id and new revision in the response to a change. */
const Changed = z.object({
  id: z.optional(z.string()),
  userId: z.optional(z.string()),
  revision: z.number(),
});

const stored = (): readonly string[] => (localStorage.getItem(key) ?? '').split(' ').filter(Boolean);

/**
 * Remembers, for all tabs of this browser, that this change was made here.
 * @param otherwise the id of what was changed, if the response doesn't contain it
 */
export function rememberOwnChange(answer: unknown, otherwise: string): void {
  const changed = Changed.safeParse(answer);
  if (!changed.success) return;
  const { id, userId, revision } = changed.data;
  const all = [...stored(), `${id ?? userId ?? otherwise}@${revision}`];
  localStorage.setItem(key, all.slice(-most).join(' '));
}

/** Whether every change between two revisions was made in this browser by the signed-in user. */
export function isOwnChange(id: string, from: number, to: number): boolean {
  const own = new Set(stored());
  const revisions = Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index + 1);
  return revisions.length > 0 && revisions.every((revision) => own.has(`${id}@${revision}`));
}

/** Called when another user signs in. */
export const forgetOwnChanges = (): void => localStorage.removeItem(key);
