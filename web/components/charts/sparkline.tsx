interface Point {
  /** ISO 8601. */
  readonly at: string;
  readonly value: number;
}

const [width, height, edge] = [96, 28, 3];

/** A few values over time as a line of a word's size; `label` says them to who can't see it. */
export function Sparkline({ points, label }: { readonly points: readonly Point[]; readonly label: string }) {
  const times = points.map(({ at }) => Date.parse(at));
  const values = points.map(({ value }) => value);
  const [first, low] = [Math.min(...times), Math.min(...values)];
  const [span, rise] = [Math.max(...times) - first || 1, Math.max(...values) - low || 1];
  const places = points.map(({ at, value }) => ({
    x: edge + ((Date.parse(at) - first) / span) * (width - 2 * edge),
    y: height - edge - ((value - low) / rise) * (height - 2 * edge),
  }));
  const last = places.at(-1);
  return (
    <svg role="img" aria-label={label} width={width} height={height} viewBox={`0 0 ${width} ${height}`}>
      <polyline
        points={places.map(({ x, y }) => `${x},${y}`).join(' ')}
        fill="none"
        stroke="var(--mantine-color-indigo-filled)"
        strokeWidth={1.5}
        strokeLinejoin="round"
      />
      {last !== undefined && (
        <circle cx={last.x} cy={last.y} r={2.5} fill="var(--mantine-color-indigo-filled)" />
      )}
    </svg>
  );
}
