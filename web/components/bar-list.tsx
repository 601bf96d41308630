import { Group, Progress, Stack, Text } from '@mantine/core';
import { useFormats } from '../text/language.tsx';

interface Bar {
  readonly name: string;
  readonly value: number;
  readonly color?: string;
}

/** Amounts beside one another, each with its name and number: readable without the bars. */
export function BarList({ label, bars }: { readonly label: string; readonly bars: readonly Bar[] }) {
  const { number } = useFormats();
  const highest = Math.max(1, ...bars.map(({ value }) => value));
  return (
    <Stack gap="xs" component="ul" aria-label={label} p={0} m={0} style={{ listStyle: 'none' }}>
      {bars.map(({ name, value, color }) => (
        <li key={name}>
          <Group justify="space-between" gap="xs" wrap="nowrap">
            <Text size="sm">{name}</Text>
            <Text size="sm" fw={600} style={{ fontVariantNumeric: 'tabular-nums' }}>
              {number(value)}
            </Text>
          </Group>
          <Progress value={(value / highest) * 100} color={color ?? 'indigo'} size="sm" aria-hidden />
        </li>
      ))}
    </Stack>
  );
}
