import { type Target, targets } from './targets.ts';

/** The targets that MUTATE names, separated by commas; all of them if it names none. */
export function chosenTargets(): readonly Target[] {
  const names = process.env.MUTATE?.split(',').filter((name) => name !== '') ?? [];
  const unknown = names.find((name) => !targets.some(({ what }) => what === name));
  if (unknown !== undefined) throw new Error(`test/mutation/targets.ts has no target "${unknown}"`);
  return names.length === 0 ? targets : targets.filter(({ what }) => names.includes(what));
}
