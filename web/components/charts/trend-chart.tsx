import { useElementSize } from '@mantine/hooks';
import { type PointerEvent, useState } from 'react';
import { useFormats, useTexts } from '../../text/language.tsx';
import { decimalsOf, labelled, runsOf, ticksOf } from './scale.ts';
import classes from './trend-chart.module.css';

export interface TrendPoint {
  /** The first day of the step, `yyyy-mm-dd`. */
  readonly date: string;
  /** Null where nothing was measured: the line has a gap. */
  readonly value: number | null;
  /** The same step of the period before. */
  readonly previous?: number | null | undefined;
}

/** A value to be reached or kept to, over the whole time. */
export interface Goal {
  readonly name: string;
  readonly value: number;
}

interface TrendProps {
  readonly title: string;
  readonly points: readonly TrendPoint[];
  readonly height: number;
  /** With goals the scale is theirs and the values'; without, it begins at 0. */
  readonly goals: readonly Goal[];
}

type Line = 'value' | 'previous' | 'goal';

const [digitWidth, labelWidth, below, above, beside] = [7.5, 68, 24, 8, 12];
const isNumber = (value: number | null | undefined): value is number => typeof value === 'number';

/** The labels of an axis, and the room that they take. */
function useAxis(ticks: readonly number[]) {
  const { decimal } = useFormats();
  const decimals = decimalsOf(ticks);
  const labels = ticks.map((tick) => decimal(tick, decimals));
  return { labels, left: Math.max(...labels.map(({ length }) => length)) * digitWidth + beside };
}

/**
 * A figure over time, the period before it dashed, goals dotted: told apart without colour. `ChartCard` gives
 * it a name and a table.
 */
export function TrendChart({ title, points, height, goals }: TrendProps) {
  const { number } = useFormats();
  const { previousPeriod } = useTexts().common;
  const { ref, width } = useElementSize();
  const [pointed, setPointed] = useState<number | null>(null);
  const compared = points.some(({ previous }) => isNumber(previous));
  const values = points.flatMap(({ value, previous }) => [value, previous]).filter(isNumber);
  const ticks = ticksOf([...values, ...goals.map(({ value }) => value)], 4, goals.length === 0);
  const [low = 0, high = 1] = [ticks[0], ticks.at(-1)];
  const { labels, left } = useAxis(ticks);
  const inner = Math.max(0, width - left - beside);
  const times = points.map(({ date }) => Date.parse(date));
  const [start = 0, end = 0] = [times[0], times.at(-1)];
  const xOf = (index: number) =>
    left + (start === end ? inner / 2 : (((times[index] ?? start) - start) / (end - start)) * inner);
  const yOf = (value: number) => above + (1 - (value - low) / (high - low)) * (height - above - below);
  const point = ({ nativeEvent: { offsetX } }: PointerEvent) => {
    const away = points.map((_, index) => Math.abs(xOf(index) - offsetX));
    setPointed(away.indexOf(Math.min(...away)));
  };
  const drawn = { points, xOf, yOf };
  return (
    <div>
      {(compared || goals.length > 0) && (
        <div className={classes.legend}>
          <Key line="value" name={title} />
          {compared && <Key line="previous" name={previousPeriod} />}
          {goals.map(({ name, value }) => (
            <Key key={name} line="goal" name={`${name}: ${number(value)}`} />
          ))}
        </div>
      )}
      <div ref={ref} className={classes.chart} style={{ height }}>
        {width > 0 && (
          <svg
            data-chart
            aria-hidden
            width={width}
            height={height}
            onPointerMove={point}
            onPointerLeave={() => setPointed(null)}
          >
            <rect width={width} height={height} fill="transparent" />
            {ticks.map((tick, index) => (
              <g key={tick}>
                <line className={classes.grid} x1={left} x2={width - beside} y1={yOf(tick)} y2={yOf(tick)} />
                <text x={left - beside} y={yOf(tick) + 4} textAnchor="end">
                  {labels[index]}
                </text>
              </g>
            ))}
            <Dates {...drawn} y={height - 4} />
            {goals.map(({ name, value }) => (
              <line
                key={name}
                className={classes.goal}
                x1={left}
                x2={width - beside}
                y1={yOf(value)}
                y2={yOf(value)}
              />
            ))}
            {compared && <Curve {...drawn} line="previous" />}
            <Curve {...drawn} line="value" />
            {pointed !== null && (
              <line
                className={classes.grid}
                x1={xOf(pointed)}
                x2={xOf(pointed)}
                y1={above}
                y2={height - below}
              />
            )}
          </svg>
        )}
        {pointed !== null && (
          <Note
            title={title}
            point={points[pointed]}
            style={xOf(pointed) > left + inner / 2 ? { left: left + 4 } : { right: beside }}
          />
        )}
      </div>
    </div>
  );
}

interface Drawn {
  readonly points: readonly TrendPoint[];
  readonly xOf: (index: number) => number;
  readonly yOf: (value: number) => number;
}

function Curve({ points, xOf, yOf, line }: Drawn & { readonly line: Exclude<Line, 'goal'> }) {
  const values = points.map((point) => point[line]);
  const place = (index: number) => ({ x: xOf(index), y: yOf(values[index] ?? 0) });
  return runsOf(values).map((run) => {
    const places = run.map(place);
    const [first] = places;
    if (first === undefined) return null;
    return places.length === 1 ? (
      <circle key={run[0]} className={classes[line]} cx={first.x} cy={first.y} r={2} />
    ) : (
      <polyline
        key={run[0]}
        className={classes[line]}
        points={places.map(({ x, y }) => `${x},${y}`).join(' ')}
      />
    );
  });
}

function Dates({ points, xOf, y }: Omit<Drawn, 'yOf'> & { readonly y: number }) {
  const { shortDate } = useFormats();
  const places = points.map((_, index) => xOf(index));
  return labelled(places, labelWidth).map((index) => (
    <text key={index} x={xOf(index)} y={y} textAnchor="middle">
      {shortDate(points[index]?.date ?? '')}
    </text>
  ));
}

const Key = ({ line, name }: { readonly line: Line; readonly name: string }) => (
  <span>
    <svg width={26} height={8} aria-hidden>
      <line className={classes[line]} x1={2} x2={24} y1={4} y2={4} />
    </svg>
    {name}
  </span>
);

interface NoteProps {
  readonly title: string;
  readonly point: TrendPoint | undefined;
  readonly style: { readonly left?: number; readonly right?: number };
}

function Note({ title, point, style }: NoteProps) {
  const { date, number } = useFormats();
  const { previousPeriod } = useTexts().common;
  if (point === undefined) return null;
  const said = (value: number | null) => (value === null ? '–' : number(value));
  return (
    <div className={classes.note} style={style}>
      <div>{date(point.date)}</div>
      <div>
        {title}: <strong>{said(point.value)}</strong>
      </div>
      {isNumber(point.previous) && (
        <div>
          {previousPeriod}: <strong>{said(point.previous)}</strong>
        </div>
      )}
    </div>
  );
}
