import * as z from 'zod/mini';

const key = 'mtcms-own-changes';
const most = 50;

/** What a changed thing is answered as: which one, and the revision that the change has led to. */
const Changed = z.object({
  id: z.optional(z.string()),
  userId: z.optional(z.string()),
  revision: z.number(),
});

const stored = (): readonly string[] => (localStorage.getItem(key) ?? '').split(' ').filter(Boolean);

/**
 * Remembers, for all tabs of this browser, that a change was one's own. `otherwise`: what was changed if the
 * answer doesn't say.
 */
export function rememberOwnChange(answer: unknown, otherwise: string): void {
  const changed = Changed.safeParse(answer);
  if (!changed.success) return;
  const { id, userId, revision } = changed.data;
  const all = [...stored(), `${id ?? userId ?? otherwise}@${revision}`];
  localStorage.setItem(key, all.slice(-most).join(' '));
}

/**
 * Whether every change of something from one revision to another was made in this browser, by whoever is
 * signed in.
 */
export function isOwnChange(id: string, from: number, to: number): boolean {
  const own = new Set(stored());
  const revisions = Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index + 1);
  return revisions.length > 0 && revisions.every((revision) => own.has(`${id}@${revision}`));
}

/** The next person has changed nothing of it. */
export const forgetOwnChanges = (): void => localStorage.removeItem(key);
