import { Group, Text } from '@mantine/core';
import IconArrowDownRight from '@tabler/icons-react/icons/IconArrowDownRight';
import IconArrowRight from '@tabler/icons-react/icons/IconArrowRight';
import IconArrowUpRight from '@tabler/icons-react/icons/IconArrowUpRight';
import type { Change } from '../../../domain/analytics/analytics.schema.ts';
import { useFormats, useTexts } from '../../text/language.tsx';

interface Props {
  /** Null if there is nothing to compare with. */
  readonly change: Change | null;
  /** What it is compared with, such as `vs. previous 30 days`. */
  readonly against: string;
  /** Which direction is good, if either is. */
  readonly good?: 'more' | 'less' | undefined;
}

const muchMore = 10;

/** Formats a change: as a percentage, or as a number where a percentage is meaningless. */
function useChangeInWords() {
  const { change, number } = useFormats();
  const { noChange } = useTexts().analytics;
  return ({ value, previous }: Pick<Change, 'value' | 'previous'>): string => {
    const difference = value - previous;
    if (difference === 0) return noChange;
    const share = difference / Math.abs(previous);
    if (previous !== 0 && Math.abs(share) < muchMore) return change(share);
    return difference > 0 ? `+${number(difference)}` : `−${number(-difference)}`;
  };
}

/** Compares a figure with an earlier period of the same number of whole days; empty if there is none. */
export function Delta({ change, against, good }: Props) {
  const words = useChangeInWords();
  const { analytics } = useTexts();
  const { number, date } = useFormats();
  if (change === null) return null;
  const { value, previous, from, to, previousFrom, previousTo } = change;
  const more = value - previous;
  const Icon = more === 0 ? IconArrowRight : more > 0 ? IconArrowUpRight : IconArrowDownRight;
  const isGood = good === undefined || more === 0 ? undefined : more > 0 === (good === 'more');
  const colour = isGood === undefined ? 'dimmed' : isGood ? 'var(--app-done)' : 'var(--mantine-color-error)';
  const days = (first: string, last: string) =>
    first === last ? date(first) : `${date(first)} – ${date(last)}`;
  return (
    <Group
      gap="0 0.25rem"
      align="center"
      title={analytics.comparedInFull(
        `${days(from, to)}: ${number(value)}`,
        `${days(previousFrom, previousTo)}: ${number(previous)}`,
      )}
    >
      <Text span size="xs" c={colour} fw={600} style={{ whiteSpace: 'nowrap' }}>
        <Icon size={14} aria-hidden style={{ verticalAlign: '-2px' }} /> {words(change)}
      </Text>
      <Text span size="xs" c="dimmed">
        {against}
      </Text>
    </Group>
  );
}
