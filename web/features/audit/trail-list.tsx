import { Badge, UnstyledButton } from '@mantine/core';
import {
  lazy,
  memo,
  type PointerEvent,
  type ReactNode,
  Suspense,
  useCallback,
  useId,
  useMemo,
  useRef,
  useState,
} from 'react';
import type { OrganizationId } from '../../../domain/ids.ts';
import { useAddressParameter } from '../../lib/address.ts';
import { useFormats, useTexts } from '../../text/language.tsx';
import classes from './audit-trail.module.css';
import { fold, type Row, reuseRows } from './fold.ts';
import { iconOf, isAlarming } from './icons.ts';
import { NamedOrganization } from './named.tsx';
import { addressOf, kindOf, type Names, type TrailEntry } from './names.ts';
import { EntrySentence, TimesSentence } from './told.tsx';

interface LineProps {
  readonly entry: TrailEntry;
  /** The entry as a sentence. */
  readonly children: ReactNode;
  /** Between the sentence and the time. */
  readonly aside?: ReactNode;
  readonly isInner?: boolean;
  /** Whether the row shows its date. */
  readonly isDated: boolean;
  readonly onOpen: (entry: TrailEntry) => void;
}

/** Truncated text is shown in the title of the button that covers the row. */
const showWhole = ({ currentTarget: button }: PointerEvent<HTMLElement>) => {
  const sentence = button.parentElement?.querySelector(`.${classes.sentence}`);
  const isCut = (sentence?.scrollWidth ?? 0) > (sentence?.clientWidth ?? 0);
  button.title = isCut ? (sentence?.textContent ?? '') : '';
};

/** One line of the audit log. It opens the entry's details; names in it link to their pages. */
function Line({ entry, children, aside, isInner = false, isDated, onOpen }: LineProps) {
  const { audit, trail } = useTexts();
  const { moment, time, relative } = useFormats();
  const { action, timestamp, organizationName, organizationId } = entry;
  const Icon = iconOf(action);
  // The sentence names the organization itself where it is the subject.
  const isOthers =
    organizationName !== undefined && organizationName !== null && kindOf(entry) !== 'organization';
  const sentence = useId();
  return (
    <div className={isInner ? `${classes.row} ${classes.inner}` : classes.row}>
      <span className={classes.icon} data-tone={isAlarming(action) ? 'alarm' : undefined} aria-hidden>
        <Icon size={14} stroke={1.75} />
      </span>
      <span className={classes.sentence} id={sentence} dir="auto">
        {children}
      </span>
      {aside}
      {trail.actions[action] === undefined && (
        <Badge size="sm" color="gray">
          {audit.imported}
        </Badge>
      )}
      <span className={classes.space} />
      {isOthers && (
        <span className={`${classes.aside} ${classes.whose}`}>
          <NamedOrganization id={organizationId} name={organizationName} />
        </span>
      )}
      <time className={classes.time} dateTime={timestamp} title={moment(timestamp)}>
        {isDated ? relative(timestamp, new Date()) : time(timestamp)}
      </time>
      <UnstyledButton
        className={classes.open}
        aria-label={audit.details}
        aria-describedby={sentence}
        aria-haspopup="dialog"
        onPointerEnter={showWhole}
        onClick={() => onOpen(entry)}
      />
    </div>
  );
}

interface RowProps {
  readonly row: Row;
  readonly names: Names;
  readonly isDated: boolean;
  readonly onOpen: (entry: TrailEntry) => void;
}

/**
 * A row for one action: a sentence, and its side effects on demand. Memoized: names arrive with their page,
 * so later pages don't change it.
 */
const TrailRow = memo(
  DrawnRow,
  (before, now) => before.row === now.row && before.isDated === now.isDated && before.onOpen === now.onOpen,
);

function DrawnRow({ row: { lead, entries, kind }, names, ...line }: RowProps) {
  const { audit } = useTexts();
  const [isShown, setShown] = useState(false);
  const others = kind === 'repeat' ? entries : entries.filter((entry) => entry !== lead);
  const toggle = kind !== 'single' && (
    <UnstyledButton
      className={classes.aside}
      fz="xs"
      c="dimmed"
      td="underline"
      aria-expanded={isShown}
      onClick={() => setShown(!isShown)}
    >
      {kind === 'repeat' ? audit.each : audit.moreChanges(others.length)}
    </UnstyledButton>
  );
  return (
    <>
      <Line entry={lead} aside={toggle} {...line}>
        {kind === 'repeat' ? (
          <TimesSentence entry={lead} names={names} count={entries.length} />
        ) : (
          <EntrySentence entry={lead} names={names} />
        )}
      </Line>
      {isShown &&
        others.map((entry) => (
          <Line key={entry.id} entry={entry} isInner {...line}>
            <EntrySentence entry={entry} names={names} />
          </Line>
        ))}
    </>
  );
}

const EntryDrawer = lazy(() =>
  import('./entry-drawer.tsx').then((module) => ({ default: module.EntryDrawer })),
);

interface Props {
  readonly entries: readonly TrailEntry[];
  readonly names: Names;
  /** Whether older entries can be loaded. */
  readonly hasMore?: boolean;
  /** Whether entries are grouped by day. */
  readonly isByDay?: boolean;
  /** The organization whose entries these are; undefined for the feed of all. */
  readonly source?: OrganizationId | undefined;
}

/** The day of an entry in the user's time zone. */
const dayOf = ({ lead }: Row): string => new Date(lead.timestamp).toDateString();

/** Entries as sentences, one row per action. The entry open in the drawer is kept in the URL. */
export function TrailList({ entries, names, hasMore = false, isByDay = false, source }: Props) {
  const { audit } = useTexts();
  const { day } = useFormats();
  const [opened, setOpened] = useAddressParameter('entry');
  const last = useRef<readonly Row[]>([]);
  const rows = useMemo(() => {
    last.current = reuseRows(last.current, fold(entries, hasMore));
    return last.current;
  }, [entries, hasMore]);
  const open = useCallback((entry: TrailEntry) => setOpened(addressOf(entry)), [setOpened]);
  const days = useMemo(() => rows.map(dayOf), [rows]);
  return (
    <>
      <ol className={classes.list} aria-label={audit.entries}>
        {rows.map((row, index) => (
          <li key={row.entries[0]?.id}>
            {isByDay && days[index] !== days[index - 1] && (
              <h2 className={classes.day}>{day(row.lead.timestamp, new Date())}</h2>
            )}
            <TrailRow row={row} names={names} isDated={!isByDay} onOpen={open} />
          </li>
        ))}
      </ol>
      {opened !== '' && (
        <Suspense>
          <EntryDrawer
            address={opened}
            entry={entries.find((entry) => addressOf(entry) === opened)}
            names={names}
            source={source}
            onClose={() => setOpened('')}
          />
        </Suspense>
      )}
    </>
  );
}
