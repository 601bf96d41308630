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

/** What a reader of the stream says of a record that it put into the failure bucket: an alarm counts them. */
export const recordSetAside = 'record set aside';

/**
 * What the hourly look into the failure bucket says when something waits there: an alarm counts these lines.
 */
export const failuresWaiting = 'failures waiting';

/** What the canary says when it has reached another organization: an alarm counts these lines. */
export const isolationCrossed = 'isolation crossed';

/** What it says of an attempt that neither succeeded nor was refused, and of a control that failed. */
export const canaryUnclear = 'canary unclear';

/**
 * What the log says of a trail that can't be sealed, because somebody has changed it since it was written: an
 * alarm counts these lines.
 */
export const brokenTrail = 'trail broken';

/** A super admin who is alone has asked for something that takes two: a waiting time begins. */
export const waitingAlone = 'a super admin who is alone waits to act';
