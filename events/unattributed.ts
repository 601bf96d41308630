/** What the audit writer's log says of a change that doesn't name who made it: an alarm counts these lines. */
export const unattributedChange = 'unattributed change';
