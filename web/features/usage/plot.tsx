import { showDate } from '../../lib/dates.ts';
import classes from './plot.module.css';

interface PlotProps {
  readonly title: string;
  readonly points: readonly { readonly date: string; readonly value: number }[];
}

const size = { width: 300, height: 80 };

/** A line over days from zero up, drawn to be looked at; the exact figures stand in the table below it. */
export function Plot({ title, points }: PlotProps) {
  const [first, last] = [points.at(0), points.at(-1)];
  if (first === undefined || last === undefined) return null;
  const highest = Math.max(1, ...points.map(({ value }) => value));
  const at = (index: number) =>
    points.length === 1 ? size.width : (index / (points.length - 1)) * size.width;
  const level = (value: number) => size.height - (value / highest) * (size.height - 6) - 3;
  const line = points
    .map(({ value }, index) => `${at(index).toFixed(1)},${level(value).toFixed(1)}`)
    .join(' ');
  return (
    <figure className={classes.figure}>
      <svg
        viewBox={`0 0 ${size.width} ${size.height}`}
        preserveAspectRatio="none"
        className={classes.plot}
        role="img"
      >
        <title>{`${title}: ${first.value} on ${showDate(first.date)}, ${last.value} on ${showDate(last.date)}, at most ${highest}`}</title>
        <polygon className={classes.area} points={`0,${size.height} ${line} ${size.width},${size.height}`} />
        <polyline className={classes.line} points={line} vectorEffect="non-scaling-stroke" />
      </svg>
      <figcaption className={classes.caption}>
        <span>{showDate(first.date)}</span>
        <span>{showDate(last.date)}</span>
      </figcaption>
    </figure>
  );
}
