import type { Actor } from './actor.ts';
import type { OrganizationScope } from './table/scope.ts';

/**
 * What every use case needs to know: in whose organization it works, who asks for it, and when. It is the
 * first argument of each, `(ctx, input)`, so that isolation stays visible in the types.
 */
export interface Context {
  readonly scope: OrganizationScope;
  readonly actor: Actor;
  readonly now: Date;
}
