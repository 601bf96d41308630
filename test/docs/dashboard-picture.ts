import type { Template } from 'aws-cdk-lib/assertions';
import * as z from 'zod';
import { routes } from '../../functions/http/routes.ts';
import { plain } from '../infra/iam.ts';
import { resourcesOf } from '../infra/synthesized.ts';

const Join = z.object({ 'Fn::Join': z.tuple([z.literal(''), z.array(z.unknown())]) });
const Widget = z.object({
  ...{ x: z.number(), y: z.number(), width: z.number(), height: z.number() },
  properties: z.object({
    title: z.string(),
    alarms: z.array(z.string()).optional(),
    metrics: z.array(z.array(z.unknown())).default([]),
    legend: z.object({ position: z.string() }).optional(),
  }),
});
type Widget = z.output<typeof Widget>;
const Rendered = z.looseObject({ label: z.string().optional(), expression: z.string().optional() });

/** The widgets of the dashboard's body, with references as readable names. */
function widgetsOf(monitoring: Template): Widget[] {
  const [dashboard] = resourcesOf(monitoring, 'AWS::CloudWatch::Dashboard');
  const body = Join.parse(dashboard?.Properties.DashboardBody)['Fn::Join'][1].map(plain).join('');
  return z.object({ widgets: z.array(Widget) }).parse(JSON.parse(body)).widgets;
}

/** Names of a graph's lines as in CloudWatch; for a search, example results. */
function linesOf({ properties: { metrics } }: Widget): string[] {
  return metrics.flatMap((metric) => {
    const { label, expression } = Rendered.catch({}).parse(metric.at(-1));
    if (expression?.includes(',Route}')) return Object.keys(routes).slice(0, 10);
    if (expression?.includes(',Tier}')) return ['starter', 'growth', 'enterprise', 'platform', 'none'];
    const isHidden = z.looseObject({ visible: z.literal(false) }).safeParse(metric.at(-1)).success;
    return isHidden ? [] : [label ?? String(metric[1])];
  });
}

const colors = [
  '#1f77b4',
  '#ff7f0e',
  '#2ca02c',
  '#d62728',
  '#9467bd',
  '#8c564b',
  '#e377c2',
  '#7f7f7f',
  '#bcbd22',
  '#17becf',
];
const unit = 50;
const margin = 6;
const points = 25;
/** The example incident: the table throttles writes, so requests are slow and some fail. */
const trouble = { from: 16, to: 17 };
const struck = /^(?:5xx|organization|PutItem|TransactWriteItems|audit-writer|updateOwnOrganization|getMe)$/;
const raisedThen = ['TableThrottled', 'ApiFailing', 'ApiSlow'];

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const clipped = (text: string): string => (text.length > 18 ? `${text.slice(0, 17)}…` : text);

/** A pseudorandom number from 0 to 1, derived from the string. */
function chance(text: string): number {
  let hash = 2166136261;
  for (const char of text) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 16777619) >>> 0;
  return hash / 2 ** 32;
}

/** Example values from 0 to 1 over twelve hours: errors occur, and latency rises, during the incident only. */
function exampleOf(title: string, name: string): number[] {
  const isCounted = /5xx|Errors|Throttles|Refused|given up|Delay/.test(title) || /^[45]xx$/.test(name);
  const isHit = struck.test(name) && !/Throttles|given up/.test(title);
  const isTime = / ms/.test(title);
  const level = 0.15 + 0.4 * chance(`${title} ${name}`);
  return Array.from({ length: points }, (_, at) => {
    const isThen = at >= trouble.from && at <= trouble.to;
    if (isCounted) return isThen && isHit ? level + 0.3 : 0.01;
    const noise = 0.12 * (chance(`${name} ${at}`) - 0.5);
    return Math.max(0.02, level * (0.8 + 0.3 * Math.sin(at / 4)) + noise + (isTime && isThen ? 0.35 : 0));
  });
}

const label = (x: number, y: number, text: string, more = ''): string =>
  `<text x="${x}" y="${y}"${more}>${escaped(text)}</text>`;

function graph(widget: Widget, box: { x: number; y: number; width: number; height: number }): string {
  const names = linesOf(widget);
  const isRight = widget.properties.legend?.position === 'right';
  const perRow = Math.max(1, Math.floor(box.width / 130));
  const legend = isRight ? { x: box.x + box.width - 150, y: box.y + 36 } : { x: box.x + 10, y: 0 };
  const rows = isRight ? 0 : Math.ceil(names.length / perRow);
  const area = {
    ...{ left: box.x + 10, right: isRight ? legend.x - 12 : box.x + box.width - 10 },
    ...{ top: box.y + 32, bottom: box.y + box.height - 12 - rows * 14 },
  };
  const place = (value: number, at: number) =>
    `${(area.left + ((area.right - area.left) * at) / (points - 1)).toFixed(0)},${(area.bottom - (area.bottom - area.top) * Math.min(value, 1)).toFixed(0)}`;
  return names
    .map((name, index) => {
      const color = colors[index % colors.length];
      const [x, y] = isRight
        ? [legend.x, legend.y + index * 15]
        : [legend.x + (index % perRow) * 130, area.bottom + 18 + Math.floor(index / perRow) * 14];
      const line = exampleOf(widget.properties.title, name).map(place).join(' ');
      return `<polyline points="${line}" stroke="${color}"/><rect x="${x}" y="${y - 8}" width="8" height="8" fill="${color}"/>${label(x + 12, y, clipped(name))}`;
    })
    .join('\n');
}

/** The alarms active in the example; the widget shows no others. */
function alarms({ properties }: Widget, box: { x: number; y: number }): string {
  const shown = raisedThen.filter((name) => properties.alarms?.some((one) => one.includes(`Alarms${name}`)));
  return shown
    .map((name, index) => {
      const x = box.x + 10 + index * 210;
      return `<rect x="${x}" y="${box.y + 40}" width="200" height="44" rx="3" fill="#fdf0ef" stroke="#d13212"/>${label(x + 10, box.y + 67, `mtcms-prod-${name}`)}`;
    })
    .join('\n');
}

/**
 * Draws the dashboard as CloudWatch lays it out, as an SVG: layout, titles and names are the template's,
 * values are examples.
 */
export function dashboardPicture(monitoring: Template): string {
  const widgets = widgetsOf(monitoring);
  const height = Math.max(...widgets.map((one) => one.y + one.height)) * unit;
  const drawn = widgets.map((widget) => {
    const box = {
      ...{ x: widget.x * unit + margin / 2, y: widget.y * unit + margin / 2 },
      ...{ width: widget.width * unit - margin, height: widget.height * unit - margin },
    };
    const content = widget.properties.alarms ? alarms(widget, box) : graph(widget, box);
    return `<rect x="${box.x}" y="${box.y}" width="${box.width}" height="${box.height}" rx="4" fill="#fff" stroke="#d5dbdb"/>\n${label(box.x + 10, box.y + 21, widget.properties.title, ' font-size="14" font-weight="bold"')}\n${content}`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${24 * unit} ${height}" font-family="sans-serif" font-size="11" fill="#16191f">`,
    '<title>The dashboard of a stage, with example values</title>',
    `<style>polyline { fill: none; stroke-width: 1.5 }</style>`,
    `<rect width="100%" height="100%" fill="#f2f3f3"/>`,
    ...drawn,
    '</svg>\n',
  ].join('\n');
}
