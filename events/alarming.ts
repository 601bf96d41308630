/**
 * What the audit writer's log says of a change that doesn't name who made it: an alarm counts these lines.
 */
export const unattributedChange = 'unattributed change';

/**
 * What it says of a change whose writer gave another time than the stream has: an alarm counts these lines
 * too.
 */
export const misdatedChange = 'misdated change';

/**
 * What the hourly run's log says of somebody who is a member of two organizations: an alarm counts these
 * lines.
 */
export const memberTwice = 'member of two organizations';
