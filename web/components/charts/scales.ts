import { scaleLinear, scaleUtc } from 'd3-scale';
import type { Formats } from '../../text/formats.ts';

/** Start and end of an axis in pixels. */
type Range = readonly [from: number, to: number];

const dayMs = 86_400_000;
const tickHeight = 48;
const tickWidth = 60;

/** The minimum and maximum, kept apart if they are equal. */
function spanOf(values: readonly number[], isWhole: boolean): [number, number] {
  if (values.length === 0) return [0, 1];
  const [low, high] = [Math.min(...values), Math.max(...values)];
  if (low !== high) return [low, high];
  const around = Math.abs(low) / 10;
  if (around === 0) return [0, 1];
  return isWhole ? [low - Math.ceil(around), high + Math.ceil(around)] : [low - around, high + around];
}

/**
 * The value axis from bottom to top, with round ticks; whole ticks for whole values.
 * @param fromZero whether the axis includes 0: counts do, measured values are seen against their targets
 */
export function valueAxis(values: readonly number[], [bottom, top]: Range, fromZero: boolean) {
  const isWhole = values.every(Number.isInteger);
  const most = Math.max(2, Math.floor((bottom - top) / tickHeight));
  const span = spanOf(fromZero && values.length > 0 ? [0, ...values] : values, isWhole);
  const scaleOf = (count: number) => scaleLinear(span, [bottom, top]).nice(count);
  const ticksOf = (count: number) =>
    [...new Set(scaleOf(count).ticks(count))].filter((tick) => !isWhole || Number.isInteger(tick));
  // D3 treats the number of ticks as a hint.
  let count = most;
  while (count > 1 && ticksOf(count).length > most + 1) count -= 1;
  const scale = scaleOf(count);
  return { yOf: (value: number): number => scale(value), ticks: ticksOf(count) };
}

/** The maximum that every browser supports. */
const mostDecimals = 20;

function decimalsOf(ticks: readonly number[]): number {
  const isWritten = (decimals: number) => ticks.every((tick) => Number(tick.toFixed(decimals)) === tick);
  let decimals = 0;
  while (decimals < mostDecimals && !isWritten(decimals)) decimals += 1;
  return decimals;
}

const compactFrom = 10_000;

/** Labels of the value axis: abbreviated if they stay distinct, otherwise with all decimals. */
export function valueLabels(
  ticks: readonly number[],
  { compact, decimal }: Pick<Formats, 'compact' | 'decimal'>,
): readonly string[] {
  const short = ticks.map(compact);
  const isLarge = ticks.some((tick) => Math.abs(tick) >= compactFrom);
  if (isLarge && new Set(short).size === ticks.length) return short;
  const decimals = decimalsOf(ticks);
  return ticks.map((tick) => decimal(tick, decimals));
}

/** Weekly ticks on Mondays; d3's weeks start on Sundays. */
const onMondays = (ticks: readonly Date[]): readonly Date[] => {
  const [first, second] = ticks;
  const isWeekly = first?.getUTCDay() === 0 && second !== undefined && +second - +first === 7 * dayMs;
  return isWeekly ? ticks.map((tick) => new Date(+tick + dayMs)) : ticks;
};

/** The time axis from left to right. A single time is centered. */
export function timeAxis(times: readonly number[], [left, right]: Range) {
  const [start = 0, end = 0] = [times[0], times.at(-1)];
  if (start === end) return { xOf: () => (left + right) / 2, ticks: [new Date(start)] };
  const scale = scaleUtc([start, end], [left, right]);
  const ticks = onMondays(scale.ticks(Math.max(2, Math.floor((right - left) / tickWidth)))).filter(
    (tick) => +tick % dayMs === 0 && +tick <= end,
  );
  return { xOf: (time: number): number => scale(time), ticks: ticks.length > 0 ? ticks : [new Date(start)] };
}

/** Labels of the time axis: month names if every tick starts a month, otherwise days. */
export function timeLabels(
  ticks: readonly Date[],
  { month, shortDate }: Pick<Formats, 'month' | 'shortDate'>,
): readonly string[] {
  const areMonths = ticks.length > 1 && ticks.every((tick) => tick.getUTCDate() === 1);
  return ticks.map((tick) => (areMonths ? month(tick.toISOString()) : shortDate(tick.toISOString())));
}

const digitWidth = 7.5;

/** The approximate width of an axis label. */
export const widthOf = (label: string): number => label.length * digitWidth;

interface Placed {
  readonly label: string;
  /** The center of the label. */
  readonly x: number;
}

const apart = 14;

/** Keeps labels inside the width and drops every second, third … of them if they would overlap. */
export function withoutOverlap(labels: readonly Placed[], width: number): readonly Placed[] {
  const inside = labels.map(({ label, x }) => {
    const half = widthOf(label) / 2;
    return { label, x: Math.max(half, Math.min(x, width - half)) };
  });
  for (let step = 1; step < inside.length; step += 1) {
    const kept = inside.filter((_, index) => index % step === 0);
    const fits = kept.every(({ label, x }, index) => {
      const next = kept[index + 1];
      return next === undefined || next.x - x >= (widthOf(label) + widthOf(next.label)) / 2 + apart;
    });
    if (fits) return kept;
  }
  return inside.slice(0, 1);
}
