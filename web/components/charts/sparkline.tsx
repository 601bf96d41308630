import { scaleLinear } from 'd3-scale';
import { pathOf, runsOf } from './lines.ts';
import classes from './trend-chart.module.css';

interface Props {
  /** Oldest first; null where nothing is known, which is a gap. */
  readonly values: readonly (number | null)[];
  /** Where each value stands between the others, such as its time; evenly if nothing is said. */
  readonly at?: readonly number[];
  /** A value to be seen beside the line, such as a target. */
  readonly goal?: number;
  /** In pixels; `full` as wide as what it is in. */
  readonly width?: number | 'full';
}

const [height, edge] = [24, 3];

/** A few values as a line of a word's size, for who sees it: the numbers stand beside it as text. */
export function Sparkline({ values, at = values.map((_, index) => index), goal, width = 96 }: Props) {
  const isFull = width === 'full';
  const drawnWidth = isFull ? 240 : width;
  const known = values.filter((value) => value !== null);
  // What is filled is seen from 0 on.
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
