import type { TrailEntry } from './names.ts';

/** Entries of one action, or of one action repeated in a row; newest first. */
export interface Row {
  /** The entry that represents the row. */
  readonly lead: TrailEntry;
  readonly entries: readonly TrailEntry[];
  /** `repeat`: the lead, several times. `act`: the lead with its side effects. */
  readonly kind: 'single' | 'act' | 'repeat';
}

/** Actions that are folded when the same person repeats them. */
const repeated = new Set(['session.started', 'check-in.created', 'access.refused', 'support-access.viewed']);

/** Side effects of another change in the same action, least informative last. */
const asides = ['invitation.accepted', 'team.member-', 'invitation.sent'];
const weight = ({ action }: TrailEntry): number => {
  const at = asides.findIndex((aside) => action.startsWith(aside));
  return at === -1 ? 0 : at + 1;
};

/** The entry that represents an action: the first that isn't a side effect. */
const leadOf = (entries: readonly [TrailEntry, ...TrailEntry[]]): TrailEntry =>
  entries.reduce((lead, entry) => (weight(entry) <= weight(lead) ? entry : lead));

const isSending = ({ action }: TrailEntry): boolean => action === 'invitation.sent';
/** Entries that must stay visible, whatever they belong to. */
const standsAlone = ({ action }: TrailEntry): boolean => action === 'invitation.delivery-failed';
const isInviting = ({ action }: TrailEntry): boolean =>
  action === 'invitation.created' || action === 'invitation.renewed';

type Entries = [TrailEntry, ...TrailEntry[]];

/** Maximum time between the entries of one request; later ones are shown separately. */
const actMilliseconds = 10_000;
const isNear = ([newest]: Entries, { timestamp }: TrailEntry): boolean =>
  Date.parse(newest.timestamp) - Date.parse(timestamp) <= actMilliseconds;

/**
 * Groups the entries of one request at the position of the newest, and the sending of an invitation with
 * the invitation.
 */
function acts(entries: readonly TrailEntry[]): Entries[] {
  const found: Entries[] = [];
  const byRequest = new Map<string, Entries>();
  const sendings = new Map<string, Entries>();
  for (const entry of entries) {
    if (standsAlone(entry)) {
      found.push([entry]);
      continue;
    }
    const request = entry.requestId && `${entry.organizationId} ${entry.userId} ${entry.requestId}`;
    const invitation = `${entry.organizationId} ${entry.resource}`;
    const sending = isInviting(entry) ? sendings.get(invitation) : undefined;
    const open = request ? byRequest.get(request) : undefined;
    const act = open !== undefined && isNear(open, entry) ? open : sending;
    if (act === undefined) found.push([entry]);
    else act.push(entry);
    const own = act ?? found.at(-1);
    if (own === undefined) continue;
    if (request) byRequest.set(request, own);
    if (isSending(entry)) sendings.set(invitation, own);
    // Earlier sendings belong to an earlier email.
    if (isInviting(entry)) sendings.delete(invitation);
  }
  return found;
}

const isRepetition = (row: Row, [entry, ...others]: Entries): boolean =>
  others.length === 0 &&
  row.kind !== 'act' &&
  repeated.has(entry.action) &&
  row.lead.action === entry.action &&
  row.lead.userId === entry.userId &&
  row.lead.organizationId === entry.organizationId;

/** Whether a row is just an invitation and its email. */
const isOneLetter = (entries: readonly TrailEntry[]): boolean =>
  entries.every((entry) => isSending(entry) || isInviting(entry)) &&
  new Set(entries.map(({ resource }) => resource)).size === 1;

function rowOf(entries: Entries): Row {
  const kind = entries.length === 1 || isOneLetter(entries) ? 'single' : 'act';
  return { lead: leadOf(entries), entries, kind };
}

const second = ({ timestamp }: TrailEntry): string => timestamp.slice(0, 19);

/** Rows that may still get older entries: actions of the last second, and the last row of a repetition. */
function isOpen({ entries, kind, lead }: Row, last: TrailEntry, isLast: boolean): boolean {
  const isOfAnAct = ({ requestId }: TrailEntry) => requestId !== undefined;
  if (entries.some((entry) => isOfAnAct(entry) && second(entry) === second(last))) return true;
  return isLast && kind !== 'act' && repeated.has(lead.action);
}

/**
 * Folds entries into rows: one per action, and one for the same person repeating an action.
 * @param entries newest first
 * @param hasMore whether older ones can be loaded: an action that may continue there is held back until
 * then
 */
export function fold(entries: readonly TrailEntry[], hasMore: boolean): readonly Row[] {
  const rows: Row[] = [];
  for (const act of acts(entries)) {
    const row = rows.at(-1);
    if (row !== undefined && isRepetition(row, act))
      rows[rows.length - 1] = { ...row, kind: 'repeat', entries: [...row.entries, ...act] };
    else rows.push(rowOf(act));
  }
  const last = entries.at(-1);
  if (!hasMore || last === undefined) return rows;
  const whole = rows.filter((row, index) => !isOpen(row, last, index === rows.length - 1));
  return whole.length === 0 ? rows : whole;
}

const isSame = (before: Row, now: Row): boolean =>
  before.kind === now.kind &&
  before.lead === now.lead &&
  before.entries.length === now.entries.length &&
  before.entries.every((entry, index) => entry === now.entries[index]);

/** Reuses the previous row objects where nothing has changed, so that they don't re-render. */
export function reuseRows(before: readonly Row[], now: readonly Row[]): readonly Row[] {
  const known = new Map(before.map((row) => [row.lead.id, row]));
  return now.map((row) => {
    const old = known.get(row.lead.id);
    return old !== undefined && isSame(old, row) ? old : row;
  });
}
