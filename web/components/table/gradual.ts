import { useEffect, useMemo, useState } from 'react';

interface Identified {
  readonly id: string;
}

/** Rows that can be rendered in one frame without a noticeable delay. */
const step = 100;
const none: ReadonlySet<string> = new Set();

/** The rows already rendered, and the first of the others. */
function within<Row extends Identified>(rows: readonly Row[], drawn: ReadonlySet<string>): readonly Row[] {
  if (rows.length <= step) return rows;
  const fresh = new Set(rows.filter(({ id }) => !drawn.has(id)).slice(0, step));
  return rows.filter((row) => drawn.has(row.id) || fresh.has(row));
}

/**
 * Renders many rows in batches, one per frame, so that the page stays responsive. A rendered row stays
 * rendered, including any dialog it has open.
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
