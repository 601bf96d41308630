import type { Kpi } from '../../domain/kpi/kpi.schema.ts';
import { useFormats } from '../text/language.tsx';

const long = 1_000_000;

/** A value in compact notation; the full value is shown on hover. */
export function Amount({ value, unit }: { readonly value: number; readonly unit?: string }) {
  const { number, compact } = useFormats();
  const isLong = Math.abs(value) >= long;
  return (
    <span className="figures" {...(isLong ? { title: number(value) } : {})}>
      {isLong ? compact(value) : number(value)}
      {unit !== undefined && (
        <>
          {' '}
          <bdi>{unit}</bdi>
        </>
      )}
    </span>
  );
}

/** A KPI's value and target: `68 / 80 %`, or `16 / 14–18 °C` for a range. */
export function ValueOfTarget({ kpi }: { readonly kpi: Pick<Kpi, 'latest' | 'target' | 'unit'> }) {
  const { latest, target, unit } = kpi;
  return (
    <span>
      {latest === null ? '–' : <Amount value={latest.value} />}
      {' / '}
      {typeof target === 'number' ? (
        <Amount value={target} unit={unit} />
      ) : (
        <>
          <Amount value={target.low} />–<Amount value={target.high} unit={unit} />
        </>
      )}
    </span>
  );
}
