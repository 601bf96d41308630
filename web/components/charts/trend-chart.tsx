import { useElementSize } from '@mantine/hooks';
import { type KeyboardEvent, type PointerEvent, useMemo, useState } from 'react';
import { useFormats, useTexts } from '../../text/language.tsx';
import { type Goal, isKnown, Plot, type PlotOf, type TrendPoint, usePlot } from './plot.tsx';
import classes from './trend-chart.module.css';

interface TrendProps {
  /** What is measured. */
  readonly title: string;
  readonly points: readonly TrendPoint[];
  readonly height: number;
  /** With goals, the scale covers them and the values; without, it starts at 0. */
  readonly goals?: readonly Goal[];
  /** Name of the comparison, such as `Previous period` or `Expected`. */
  readonly comparedName?: string;
  /** Name of the forecast, if points have one. */
  readonly forecastName?: string;
  /** Formats a value with its unit; by default as a number. */
  readonly inWords?: (value: number) => string;
}

const noGoals: readonly Goal[] = [];

/** The point that a key moves to; undefined for other keys. */
function pointAfter(key: string, at: number, count: number): number | undefined {
  const far = Math.max(2, Math.round(count / 10));
  const places: Readonly<Record<string, number>> = {
    ArrowLeft: at - 1,
    ArrowDown: at - 1,
    ArrowRight: at + 1,
    ArrowUp: at + 1,
    PageDown: at - far,
    PageUp: at + far,
    Home: 0,
    End: count - 1,
  };
  const place = places[key];
  return place === undefined ? undefined : Math.max(0, Math.min(place, count - 1));
}

/** The selected point: by mouse, touch or keyboard. */
function usePointed(points: readonly TrendPoint[], { xOf }: PlotOf) {
  const [pointed, setPointed] = useState<number | null>(null);
  const last = Math.max(
    0,
    points.findLastIndex(({ value }) => isKnown(value)),
  );
  const current = pointed === null ? null : Math.min(pointed, points.length - 1);
  const follow = ({ currentTarget, clientX }: PointerEvent<HTMLElement>) => {
    const x = clientX - currentTarget.getBoundingClientRect().left;
    const away = points.map((_, index) => Math.abs(xOf(index) - x));
    setPointed(away.indexOf(Math.min(...away)));
  };
  const hide = () => setPointed(null);
  return {
    pointed: current,
    at: current ?? last,
    handlers: {
      onPointerDown: follow,
      onPointerMove: follow,
      // A lifted finger keeps the selected point.
      onPointerLeave: ({ pointerType }: PointerEvent) => pointerType === 'mouse' && hide(),
      onFocus: ({ currentTarget }: { currentTarget: HTMLElement }) =>
        currentTarget.matches(':focus-visible') && setPointed(last),
      onBlur: hide,
      onKeyDown: (event: KeyboardEvent) => {
        if (event.key === 'Escape') return hide();
        const next = pointAfter(event.key, current ?? last, points.length);
        if (next === undefined) return;
        event.preventDefault();
        setPointed(next);
      },
    },
  };
}

/** A forecast with its range, as text. */
export const withBand = (
  { value, low, high }: NonNullable<TrendPoint['forecast']>,
  said: (value: number) => string,
): string => `${said(value)} (${said(low)} – ${said(high)})`;

/** The figures of a point with their names, for the tooltip and for screen readers. */
function useFiguresOf({ title, goals = noGoals, comparedName = '', forecastName = '', inWords }: TrendProps) {
  const { date, number } = useFormats();
  const { noData } = useTexts().analytics;
  const said = (value: number | null) => (value === null ? noData : (inWords ?? number)(value));
  return (point: TrendPoint) => ({
    time: point.label ?? date(point.date),
    rows: [
      ...(point.forecast === undefined
        ? [{ line: 'value' as const, name: title, text: said(point.value) }]
        : [{ line: 'forecast' as const, name: forecastName, text: withBand(point.forecast, said) }]),
      ...(point.compared === undefined || comparedName === ''
        ? []
        : [
            {
              line: 'compared' as const,
              name:
                point.comparedLabel === undefined ? comparedName : `${comparedName} (${point.comparedLabel})`,
              text: said(point.compared),
            },
          ]),
      ...goals.map(({ name, value }) => ({ line: 'goal' as const, name, text: said(value) })),
    ],
    note: point.note,
  });
}

/**
 * A figure over time. Comparison values are dashed and goals dotted, so that color isn't needed to tell
 * them apart. Operated like a slider by keyboard. `ChartCard` adds a table.
 */
export function TrendChart(props: TrendProps) {
  const { title, points, height, goals = noGoals } = props;
  const { ref, width } = useElementSize();
  const drawn = usePlot(points, goals, { width, height });
  // The drawing depends on the data, not on the selected point.
  // biome-ignore lint/correctness/useExhaustiveDependencies: `drawn` is made of these
  const plot = useMemo(() => drawn, [points, goals, width, height]);
  const { pointed, at, handlers } = usePointed(points, plot);
  const figuresOf = useFiguresOf(props);
  const point = points[at];
  const figures = point === undefined ? undefined : figuresOf(point);
  const words =
    figures && `${figures.time}: ${figures.rows.map(({ name, text }) => `${name} ${text}`).join('; ')}`;
  const x = pointed === null ? 0 : plot.xOf(pointed);
  return (
    <div>
      <Legend {...props} goals={goals} />
      <div
        ref={ref}
        className={classes.chart}
        style={{ minHeight: height }}
        role="slider"
        tabIndex={0}
        aria-label={title}
        aria-valuemin={1}
        aria-valuemax={points.length}
        aria-valuenow={at + 1}
        aria-valuetext={words}
        {...handlers}
      >
        {width > 0 && (
          <svg data-chart aria-hidden width={width} height={height} viewBox={`0 0 ${width} ${height}`}>
            <Plot plot={plot} points={points} goals={goals} width={width} height={height} />
            {pointed !== null && <Pointer plot={plot} x={x} value={point?.value ?? null} />}
          </svg>
        )}
        {pointed !== null && figures && (
          <Note {...figures} style={x > width / 2 ? { right: width - x + 12 } : { left: x + 12 }} />
        )}
      </div>
    </div>
  );
}

type LegendProps = Pick<TrendProps, 'title' | 'comparedName' | 'forecastName' | 'inWords'> & {
  readonly goals: readonly Goal[];
};

/** Explains the lines, if there are several. */
function Legend({ title, goals, comparedName, forecastName, inWords }: LegendProps) {
  const { number } = useFormats();
  if (comparedName === undefined && goals.length === 0) return null;
  return (
    <div className={classes.legend} aria-hidden>
      <span>
        <Swatch line="value" />
        {title}
      </span>
      {comparedName !== undefined && (
        <span>
          <Swatch line="compared" />
          {comparedName}
        </span>
      )}
      {forecastName !== undefined && (
        <span>
          <Swatch line="forecast" />
          {forecastName}
        </span>
      )}
      {goals.map(({ name, value }) => (
        <span key={name}>
          <Swatch line="goal" />
          {name}: {(inWords ?? number)(value)}
        </span>
      ))}
    </div>
  );
}

type Line = 'value' | 'compared' | 'goal' | 'forecast';

const Swatch = ({ line }: { readonly line: Line }) => (
  <svg width={20} height={8} aria-hidden style={{ flex: 'none' }}>
    <line className={classes[line]} x1={1} x2={19} y1={4} y2={4} />
  </svg>
);

interface PointerProps {
  readonly plot: PlotOf;
  readonly x: number;
  readonly value: number | null;
}

function Pointer({ plot: { yOf, ticks }, x, value }: PointerProps) {
  const [lowest = 0, highest = 1] = [ticks[0], ticks.at(-1)];
  return (
    <>
      <line className={classes.pointer} x1={x} x2={x} y1={yOf(highest)} y2={yOf(lowest)} />
      {value !== null && <circle className={classes.dot} cx={x} cy={yOf(value)} r={4.5} />}
    </>
  );
}

interface NoteProps {
  readonly time: string;
  readonly rows: readonly { readonly line: Line; readonly name: string; readonly text: string }[];
  readonly note: string | undefined;
  readonly style: { readonly left?: number; readonly right?: number };
}

function Note({ time, rows, note, style }: NoteProps) {
  return (
    <div className={classes.note} style={style} aria-hidden>
      <div>{time}</div>
      {rows.map(({ line, name, text }) => (
        <span key={line + name}>
          <Swatch line={line} />
          <bdi>{name}</bdi>
          <strong>{text}</strong>
        </span>
      ))}
      {note !== undefined && <div>{note}</div>}
    </div>
  );
}
