import type { nouns } from '../nouns.ts';

/** The subjects of rules. `all` is CASL's keyword for every subject. */
export type Subject = (typeof nouns)[number]['subjects'][number];

/** The actions of rules. `manage` is CASL's keyword for every action. */
export const actions = ['create', 'read', 'list', 'update', 'delete', 'export', 'undo'] as const;
export type Action = (typeof actions)[number];

/** The permission a route requires. */
export interface Permission {
  readonly action: Action;
  readonly subject: Subject;
}
