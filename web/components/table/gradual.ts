import { useEffect, useMemo, useState } from 'react';

interface Identified {
  readonly id: string;
}

/** So many rows are made at once without one noticing. */
const step = 100;
const none: ReadonlySet<string> = new Set();

/** Rows that are drawn already, and the first of the others. */
function within<Row extends Identified>(rows: readonly Row[], drawn: ReadonlySet<string>): readonly Row[] {
  if (rows.length <= step) return rows;
  const fresh = new Set(rows.filter(({ id }) => !drawn.has(id)).slice(0, step));
  return rows.filter((row) => drawn.has(row.id) || fresh.has(row));
}

/**
 * Many rows, so many at a time that the page answers meanwhile; the rest follow frame by frame. A row that is
 * drawn stays so, with the dialog that is open in it.
 */
export function useDrawnGradually<Row extends Identified>(rows: readonly Row[]): readonly Row[] {
  const [drawn, setDrawn] = useState(none);
  const shown = useMemo(() => within(rows, drawn), [rows, drawn]);
  useEffect(() => {
    if (rows.length <= step || shown.every(({ id }) => drawn.has(id))) return;
    const frame = requestAnimationFrame(() => setDrawn(new Set(shown.map(({ id }) => id))));
    return () => cancelAnimationFrame(frame);
  }, [rows, shown, drawn]);
  return shown;
}
