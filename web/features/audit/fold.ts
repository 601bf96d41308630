import type { TrailEntry } from './names.ts';

/** Entries that are one act, or one thing done several times in a row; newest first as they came. */
export interface Row {
  /** Which of them tells of all. */
  readonly lead: TrailEntry;
  readonly entries: readonly TrailEntry[];
  /** `repeat`: the lead, so many times. `act`: the lead and what went along with it. */
  readonly kind: 'single' | 'act' | 'repeat';
}

/** What is folded when the same person does it again and again. */
const repeated = new Set(['session.started', 'check-in.created', 'access.refused', 'support-access.viewed']);

/** What goes along with another change of the same act, the least telling last. */
const asides = ['invitation.accepted', 'team.member-', 'invitation.sent'];
const weight = ({ action }: TrailEntry): number => {
  const at = asides.findIndex((aside) => action.startsWith(aside));
  return at === -1 ? 0 : at + 1;
};

/** The entry that tells of an act: what nothing else goes along with, and of those the first. */
const leadOf = (entries: readonly [TrailEntry, ...TrailEntry[]]): TrailEntry =>
  entries.reduce((lead, entry) => (weight(entry) <= weight(lead) ? entry : lead));

const isSending = ({ action }: TrailEntry): boolean => action === 'invitation.sent';
/** What somebody should see, whatever it goes along with. */
const standsAlone = ({ action }: TrailEntry): boolean => action === 'invitation.delivery-failed';
const isInviting = ({ action }: TrailEntry): boolean =>
  action === 'invitation.created' || action === 'invitation.renewed';

type Entries = [TrailEntry, ...TrailEntry[]];

/** How far apart entries of one request are at most: what takes longer is told by itself. */
const actMilliseconds = 10_000;
const isNear = ([newest]: Entries, { timestamp }: TrailEntry): boolean =>
  Date.parse(newest.timestamp) - Date.parse(timestamp) <= actMilliseconds;

/**
 * Puts entries of one request together where the newest of them stands, and the sending of an invitation with
 * the inviting.
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
    // What is sent before that is of an earlier letter.
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

/** Whether a row is only an invitation with its letter: nothing more happened. */
const isOneLetter = (entries: readonly TrailEntry[]): boolean =>
  entries.every((entry) => isSending(entry) || isInviting(entry)) &&
  new Set(entries.map(({ resource }) => resource)).size === 1;

function rowOf(entries: Entries): Row {
  const kind = entries.length === 1 || isOneLetter(entries) ? 'single' : 'act';
  return { lead: leadOf(entries), entries, kind };
}

const second = ({ timestamp }: TrailEntry): string => timestamp.slice(0, 19);

/** The rows of which older entries may be about to come: acts of the last second, and the last in a row. */
function isOpen({ entries, kind, lead }: Row, last: TrailEntry, isLast: boolean): boolean {
  const isOfAnAct = ({ requestId }: TrailEntry) => requestId !== undefined;
  if (entries.some((entry) => isOfAnAct(entry) && second(entry) === second(last))) return true;
  return isLast && kind !== 'act' && repeated.has(lead.action);
}

/**
 * Entries as rows: what is one act is one row, and so is what the same person does again and again.
 * @param entries newest first
 * @param hasMore whether older ones can be loaded: an act that they may belong to is held back until then
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

/**
 * The rows, each as the same object as before where nothing of it has changed, so that it isn't drawn again.
 */
export function reuseRows(before: readonly Row[], now: readonly Row[]): readonly Row[] {
  const known = new Map(before.map((row) => [row.lead.id, row]));
  return now.map((row) => {
    const old = known.get(row.lead.id);
    return old !== undefined && isSame(old, row) ? old : row;
  });
}
