import { useFormats } from '../text/language.tsx';

/** A time as people say it, with the exact one on demand. */
export function Time({ at }: { readonly at: string }) {
  const { moment, relative } = useFormats();
  return (
    <time dateTime={at} title={moment(at)}>
      {relative(at, new Date())}
    </time>
  );
}

/** A calendar date, or the day of a time. */
export const Day = ({ at }: { readonly at: string }) => (
  <time dateTime={at.slice(0, 10)}>{useFormats().date(at)}</time>
);
