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
  readonly width?: number;
}

const [height, edge] = [24, 3];

/** A few values as a line of a word's size, for who sees it: the numbers stand beside it as text. */
export function Sparkline({ values, at = values.map((_, index) => index), goal, width = 96 }: Props) {
  const known = values.filter((value) => value !== null);
  const seen = goal === undefined ? known : [...known, goal];
  const [low, high] = [Math.min(...seen), Math.max(...seen)];
  const x = scaleLinear([at[0] ?? 0, at.at(-1) ?? 1], [edge, width - edge]);
  const y = scaleLinear([low, high], [height - edge, edge]);
  const placeOf = (index: number) => ({ x: x(at[index] ?? 0), y: y(values[index] ?? low) });
  const last = values.findLastIndex((value) => value !== null);
  return (
    <svg
      aria-hidden
      className={classes.sparkline}
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      data-sparkline
    >
      {goal !== undefined && <line className={classes.goal} x1={0} x2={width} y1={y(goal)} y2={y(goal)} />}
      {runsOf(values).map((run) => (
        <path key={run[0]} className={classes.value} d={pathOf(run.map(placeOf))} />
      ))}
      {last >= 0 && <circle className={classes.dot} cx={placeOf(last).x} cy={placeOf(last).y} r={2.5} />}
    </svg>
  );
}
