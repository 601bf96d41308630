import { scaleLinear } from 'd3-scale';
import { pathOf, runsOf } from './lines.ts';
import classes from './trend-chart.module.css';

interface Props {
  /** Oldest first; null is a gap. */
  readonly values: readonly (number | null)[];
  /** The position of each value, such as its time; evenly spaced by default. */
  readonly at?: readonly number[];
  /** A reference value next to the line, such as a target. */
  readonly goal?: number;
  /** In pixels; `full` fills the container. */
  readonly width?: number | 'full';
}

const [height, edge] = [24, 3];

/** A small line chart, hidden from assistive technology: the numbers are shown as text next to it. */
export function Sparkline({ values, at = values.map((_, index) => index), goal, width = 96 }: Props) {
  const isFull = width === 'full';
  const drawnWidth = isFull ? 240 : width;
  const known = values.filter((value) => value !== null);
  // A filled area is only meaningful from 0.
  const seen = [
    ...known,
    ...(goal === undefined ? [] : [goal]),
    ...(isFull && goal === undefined ? [0] : []),
  ];
  const [low, high] = [Math.min(...seen), Math.max(...seen)];
  const x = scaleLinear([at[0] ?? 0, at.at(-1) ?? 1], isFull ? [0, drawnWidth] : [edge, drawnWidth - edge]);
  const y = scaleLinear([low, high], [height - edge, edge]);
  const placeOf = (index: number) => ({ x: x(at[index] ?? 0), y: y(values[index] ?? low) });
  const last = values.findLastIndex((value) => value !== null);
  const runs = runsOf(values);
  return (
    <svg
      aria-hidden
      className={classes.sparkline}
      width={isFull ? '100%' : width}
      height={isFull ? 2 * height : height}
      viewBox={`0 0 ${drawnWidth} ${height}`}
      preserveAspectRatio={isFull ? 'none' : undefined}
      data-sparkline
    >
      {goal !== undefined && (
        <line className={classes.goal} x1={0} x2={drawnWidth} y1={y(goal)} y2={y(goal)} />
      )}
      {isFull &&
        goal === undefined &&
        runs.map((run) => (
          <path
            key={run[0]}
            className={classes.area}
            d={`${pathOf(run.map(placeOf))}V${height}H${placeOf(run[0] ?? 0).x}Z`}
          />
        ))}
      {runs.map((run) => (
        <path key={run[0]} className={classes.value} d={pathOf(run.map(placeOf))} />
      ))}
      {last >= 0 && !isFull && (
        <circle className={classes.dot} cx={placeOf(last).x} cy={placeOf(last).y} r={2.5} />
      )}
    </svg>
  );
}
