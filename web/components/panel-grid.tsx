import { SimpleGrid, Stack } from '@mantine/core';
import type { ComponentType } from 'react';

interface Shown<Props> {
  readonly name: string;
  readonly half?: 'left' | 'right';
  readonly rank?: number;
  readonly component: ComponentType<Props>;
}

interface GridProps<Props> {
  readonly panels: readonly Shown<Props>[];
  /** Props passed to each panel. */
  readonly shows: Props;
}

const rankOf = ({ rank = Number.MAX_SAFE_INTEGER }: { readonly rank?: number }) => rank;

/** The panels of a page: half-width ones side by side, then the others, each by rank. */
export function PanelGrid<Props extends object>({ panels, shows }: GridProps<Props>) {
  const sorted = [...panels].sort((a, b) => rankOf(a) - rankOf(b));
  const inHalf = (side: 'left' | 'right' | undefined) =>
    sorted
      .filter(({ half }) => half === side)
      .map(({ name, component: Panel }) => <Panel key={name} {...shows} />);
  return (
    <>
      <SimpleGrid cols={{ base: 1, md: 2 }} style={{ alignItems: 'start' }}>
        <Stack gap="md">{inHalf('left')}</Stack>
        <Stack gap="md">{inHalf('right')}</Stack>
      </SimpleGrid>
      {inHalf(undefined)}
    </>
  );
}
