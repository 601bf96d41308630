import type { Writing } from './table/scope.ts';

/**
 * What every use case needs to know: in whose organization it works, who asks for it, and when. It is the
 * first argument of each, `(ctx, input)`, so that isolation stays visible in the types.
 */
export type Context = Writing;

/** The same context, whose change stamps say what things are called that the changes name by id. */
export const naming = (ctx: Context, ...named: readonly (readonly [id: string, name: string])[]): Context =>
  named.length === 0
    ? ctx
    : { ...ctx, actor: { ...ctx.actor, names: { ...ctx.actor.names, ...Object.fromEntries(named) } } };
