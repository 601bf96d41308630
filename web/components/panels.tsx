import { Stack, Tabs } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, use } from 'react';
import { useAddressParameter } from '../lib/address.ts';
import { FeaturesContext, type Panels, type Place, panelsAt } from '../lib/feature.ts';
import { type Facts, useMay } from '../lib/member.tsx';

/** What all features show at a place, as far as the reader may see it. Loaded with the page. */
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
  /** Stands in the address, but for the first. */
  readonly name: string;
  readonly title: string;
  readonly content: ReactNode;
}

/** The parts of a page; which one is open stands in the address. One alone needs no tab. */
export function PageTabs({ tabs }: { readonly tabs: readonly [Tab, ...Tab[]] }) {
  const [asked] = useAddressParameter('tab');
  const navigate = useNavigate();
  const [first] = tabs;
  const current = tabs.find(({ name }) => name === asked) ?? first;
  // The filters of one part mean nothing in another.
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
          <Stack gap="md">{content}</Stack>
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}
