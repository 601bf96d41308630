import { memo } from 'react';
import { useFormats } from '../../text/language.tsx';
import { pathOf, runsOf, strokesOf } from './lines.ts';
import { timeAxis, timeLabels, valueAxis, valueLabels, widthOf, withoutOverlap } from './scales.ts';
import classes from './trend-chart.module.css';

export interface TrendPoint {
  /** The time of the value, or the first day of its period. */
  readonly date: string;
  /** Null where nothing was measured; the line has a gap there. */
  readonly value: number | null;
  /** The value to compare with: the same step of another period, or the expected value at that time. */
  readonly compared?: number | null | undefined;
  /** The time as text, if it differs from `date`. */
  readonly label?: string;
  readonly comparedLabel?: string;
  /** Whether the period is incomplete, such as today. */
  readonly partial?: boolean;
  /** A forecast for a time without a value yet, with its range. */
  readonly forecast?: { readonly value: number; readonly low: number; readonly high: number };
  /** An additional note. */
  readonly note?: string | undefined;
}

/** A target or a limit, for the whole period. */
export interface Goal {
  readonly name: string;
  readonly value: number;
}

export const isKnown = (value: number | null | undefined): value is number => typeof value === 'number';

interface Size {
  readonly width: number;
  readonly height: number;
}

const [below, above, beside, apart] = [24, 10, 12, 8];
const mostLetters = 7;
const dotDistance = 14;

/** Formats a number next to the chart; abbreviated if it would be too long. */
function useShort() {
  const { number, compact } = useFormats();
  return (value: number) => (number(value).length > mostLetters ? compact(value) : number(value));
}

const lastOf = (points: readonly TrendPoint[]) => points.findLastIndex(({ value }) => isKnown(value));

/** The chart's scales, axis labels and the positions of its points. */
export function usePlot(points: readonly TrendPoint[], goals: readonly Goal[], { width, height }: Size) {
  const formats = useFormats();
  const short = useShort();
  const values = points
    .flatMap(({ value, compared, forecast }) => [value, compared, forecast?.low, forecast?.high])
    .filter(isKnown);
  const fromZero = goals.length === 0;
  const axis = valueAxis([...values, ...goals.map(({ value }) => value)], [height - below, above], fromZero);
  const labels = valueLabels(axis.ticks, formats);
  const last = points[lastOf(points)]?.value;
  const lastLabel = isKnown(last) ? short(last) : '';
  const left = Math.max(...labels.map(widthOf)) + apart + 2;
  const right = width - Math.max(beside, widthOf(lastLabel) + apart + 4);
  const time = timeAxis(
    points.map(({ date }) => Date.parse(date)),
    [left, Math.max(left, right)],
  );
  const texts = timeLabels(time.ticks, formats);
  return {
    ...axis,
    labels,
    left,
    right,
    lastLabel,
    xOf: (index: number) => time.xOf(Date.parse(points[index]?.date ?? '')),
    dates: withoutOverlap(
      time.ticks.map((tick, index) => ({ label: texts[index] ?? '', x: time.xOf(+tick) })),
      width,
    ),
  };
}

export type PlotOf = ReturnType<typeof usePlot>;

interface PlotProps extends Size {
  readonly plot: PlotOf;
  readonly points: readonly TrendPoint[];
  readonly goals: readonly Goal[];
}

/** The part of a chart that doesn't change while the pointer moves over it. */
export const Plot = memo(({ plot, points, goals, height }: PlotProps) => {
  const { left, right, ticks, labels, dates, yOf, xOf, lastLabel } = plot;
  const last = lastOf(points);
  // The forecast occupies the label's usual position.
  const beneath = points.some(({ forecast }) => forecast !== undefined) ? 18 : 4;
  return (
    <>
      {ticks.map((tick, index) => (
        <g key={tick}>
          <line className={classes.grid} x1={left} x2={right} y1={yOf(tick)} y2={yOf(tick)} />
          <text x={left - apart} y={yOf(tick) + 4} textAnchor="end">
            {labels[index]}
          </text>
        </g>
      ))}
      {dates.map(({ label, x }) => (
        <text key={label} x={x} y={height - 4} textAnchor="middle">
          {label}
        </text>
      ))}
      {goals.map(({ name, value }) => (
        <line key={name} className={classes.goal} x1={left} x2={right} y1={yOf(value)} y2={yOf(value)} />
      ))}
      <Lines plot={plot} points={points} area={goals.length === 0} bottom={height - below} />
      {last >= 0 && (
        <text className={classes.last} x={xOf(last) + apart} y={yOf(points[last]?.value ?? 0) + beneath}>
          {lastLabel}
        </text>
      )}
    </>
  );
});

interface LinesProps {
  readonly plot: PlotOf;
  readonly points: readonly TrendPoint[];
  readonly area: boolean;
  readonly bottom: number;
}

function Lines({ plot: { xOf, yOf, left, right, ticks }, points, area, bottom }: LinesProps) {
  const values = points.map(({ value }) => value);
  const compared = points.map((point) => point.compared);
  const isPartial = (index: number) => points[index]?.partial === true;
  const placesOf = (indexes: readonly number[], of: readonly (number | null | undefined)[]) =>
    indexes.map((index) => ({ x: xOf(index), y: yOf(of[index] ?? 0) }));
  const ground = Math.min(bottom, yOf(Math.max(0, ticks[0] ?? 0)));
  const hasDots = (right - left) / points.length >= dotDistance;
  const runs = runsOf(values);
  const last = lastOf(points);
  const isAlone = (index: number) => runs.some((run) => run.length === 1 && run[0] === index);
  return (
    <>
      {area &&
        runs
          .filter(({ length }) => length > 1)
          .map((run) => (
            <path
              key={run[0]}
              className={classes.area}
              d={`${pathOf(placesOf(run, values))}V${ground}H${xOf(run[0] ?? 0)}Z`}
            />
          ))}
      <ForecastBand plot={{ xOf, yOf }} points={points} from={last} />
      {runsOf(compared).map((run) => (
        <path key={run[0]} className={classes.compared} d={pathOf(placesOf(run, compared))} />
      ))}
      {strokesOf(values, isPartial).map(({ indexes, partial }) => (
        <path
          key={indexes[0]}
          className={partial ? `${classes.value} ${classes.partial}` : classes.value}
          d={pathOf(placesOf(indexes, values))}
        />
      ))}
      {values.map((value, index) =>
        isKnown(value) && (hasDots || index === last || isAlone(index)) ? (
          <circle
            key={points[index]?.date}
            className={isPartial(index) ? classes.hollow : classes.dot}
            cx={xOf(index)}
            cy={yOf(value)}
            r={index === last ? 3.5 : 2.5}
          />
        ) : null,
      )}
    </>
  );
}

interface ForecastProps {
  readonly plot: Pick<PlotOf, 'xOf' | 'yOf'>;
  readonly points: readonly TrendPoint[];
  /** The last point with a value, where the forecast starts. */
  readonly from: number;
}

/** The forecast: a dashed line inside a band. */
function ForecastBand({ plot: { xOf, yOf }, points, from }: ForecastProps) {
  const ahead = points.flatMap(({ forecast }, index) =>
    forecast === undefined ? [] : [{ x: xOf(index), ...forecast }],
  );
  const value = points[from]?.value;
  if (ahead.length === 0 || !isKnown(value)) return null;
  const start = { x: xOf(from), value, low: value, high: value };
  const along = (of: 'value' | 'low' | 'high') =>
    [start, ...ahead].map((point) => ({ x: point.x, y: yOf(point[of]) }));
  return (
    <>
      <path className={classes.band} d={`${pathOf([...along('high'), ...along('low').reverse()])}Z`} />
      <path className={classes.forecast} d={pathOf(along('value'))} />
    </>
  );
}
