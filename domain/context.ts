import type { Writing } from './table/scope.ts';

/**
 * What every use case needs: the organization, the actor and the time. It is the first argument of each,
 * `(ctx, input)`, so that isolation is visible in the types.
 */
export type Context = Writing;

/** The same context, whose change stamps also contain names of items that the changes refer to by id. */
export const naming = (ctx: Context, ...named: readonly (readonly [id: string, name: string])[]): Context =>
  named.length === 0
    ? ctx
    : { ...ctx, actor: { ...ctx.actor, names: { ...ctx.actor.names, ...Object.fromEntries(named) } } };
