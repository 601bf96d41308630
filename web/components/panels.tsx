import { SimpleGrid, Stack, Tabs } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { type ComponentType, type ReactNode, use } from 'react';
import { useAddressParameter } from '../lib/address.ts';
import { FeaturesContext, type Panels, type Place, panelsAt } from '../lib/feature.ts';
import { type Facts, useMay } from '../lib/member.tsx';
import { PagePart } from './page.tsx';

/** The panels of all features at a place that the user may see. Loaded with the page. */
export function usePanels<At extends Place>(
  place: At,
  organizationId: string,
  facts?: Facts,
): readonly Panels[At][] {
  const may = useMay(organizationId);
  return panelsAt(use(FeaturesContext), place).filter(
    ({ needs }) => needs === undefined || may(...needs, facts),
  );
}

interface Tab {
  /** Appears in the URL, except for the first tab. */
  readonly name: string;
  readonly title: string;
  readonly content: ReactNode;
}

/** The tabs of a page; the open one is kept in the URL. A single one is shown without a tab. */
export function PageTabs({ tabs }: { readonly tabs: readonly [Tab, ...Tab[]] }) {
  const [asked] = useAddressParameter('tab');
  const navigate = useNavigate();
  const [first] = tabs;
  const current = tabs.find(({ name }) => name === asked) ?? first;
  // The filters of one tab don't apply to another.
  const open = (next: string | null) =>
    void navigate({ to: '.', search: next === null || next === first.name ? {} : { tab: next } });
  if (tabs.length === 1) return first.content;
  return (
    <Tabs value={current.name} onChange={open} keepMounted={false}>
      <Tabs.List mb="md">
        {tabs.map(({ name, title }) => (
          <Tabs.Tab key={name} value={name}>
            {title}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {tabs.map(({ name, content }) => (
        <Tabs.Panel key={name} value={name}>
          <PagePart>
            <Stack gap="md">{content}</Stack>
          </PagePart>
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}

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
