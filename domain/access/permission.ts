import type { nouns } from '../nouns.ts';

/** What a rule can speak of. `all` is CASL's word for every subject. */
export type Subject = (typeof nouns)[number]['subjects'][number];

/** What a rule can allow. `manage` is CASL's word for every action. */
export const actions = ['create', 'read', 'list', 'update', 'delete', 'export', 'undo'] as const;
export type Action = (typeof actions)[number];

/** What a route asks of the person who calls it. */
export interface Permission {
  readonly action: Action;
  readonly subject: Subject;
}
