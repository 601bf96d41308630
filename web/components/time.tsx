import { showMoment, showRelative } from '../lib/dates.ts';

/** A time as people say it, with the exact one on demand. */
export const Time = ({ at }: { readonly at: string }) => (
  <time dateTime={at} title={showMoment(at)}>
    {showRelative(at, new Date())}
  </time>
);
