import { lazy, Suspense, useCallback, useMemo, useRef } from 'react';
import type { OrganizationId } from '../../../domain/ids.ts';
import { useAddressParameter } from '../../lib/address.ts';
import { useFormats, useTexts } from '../../text/language.tsx';
import classes from './audit-trail.module.css';
import { fold, type Row, reuseRows } from './fold.ts';
import { addressOf, type Names, type TrailEntry } from './names.ts';
import { TrailRow } from './row.tsx';

const EntryDrawer = lazy(() =>
  import('./entry-drawer.tsx').then((module) => ({ default: module.EntryDrawer })),
);

interface Props {
  readonly entries: readonly TrailEntry[];
  readonly names: Names;
  /** Whether older entries can be loaded. */
  readonly hasMore?: boolean;
  /** Whether days stand above their entries. */
  readonly isByDay?: boolean;
  /** Whose entries they are; absent for those of all organizations. */
  readonly source?: OrganizationId | undefined;
}

/** The day of a time in the reader's zone. */
const dayOf = ({ lead }: Row): string => new Date(lead.timestamp).toDateString();

/** Entries as sentences, a row for each act; which one is open in the drawer stands in the address. */
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
