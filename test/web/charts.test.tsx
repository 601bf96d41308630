import { MantineProvider } from '@mantine/core';
import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from '@tanstack/react-router';
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import axe from 'axe-core';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ChartCard } from '../../web/components/charts/chart-card.tsx';
import type { TrendPoint } from '../../web/components/charts/plot.tsx';
import { Sparkline } from '../../web/components/charts/sparkline.tsx';
import { LanguageProvider } from '../../web/text/language.tsx';
import { english } from './support/english.ts';

const width = 640;

/** happy-dom has no layout, so each element gets this width. */
class Measured {
  private readonly tell: (entries: readonly object[]) => void;
  constructor(tell: (entries: readonly object[]) => void) {
    this.tell = tell;
  }
  observe() {
    const contentRect = { width, height: 200, x: 0, y: 0, top: 0, left: 0, bottom: 200, right: width };
    this.tell([{ contentRect }]);
  }
  unobserve() {}
  disconnect() {}
}

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const show = async (points: readonly TrendPoint[], props: object = {}) => {
  vi.stubGlobal('ResizeObserver', Measured);
  const component = () => (
    <ChartCard title="Check-ins" definition="Values that were checked in" points={points} {...props} />
  );
  const router = createRouter({
    routeTree: createRootRoute({ component }),
    history: createMemoryHistory({ initialEntries: ['/'] }),
  });
  const shown = render(
    <LanguageProvider initial={{ language: 'en', texts: english }} load={async () => english}>
      <MantineProvider>
        <RouterProvider router={router} />
      </MantineProvider>
    </LanguageProvider>,
  );
  await screen.findByRole('heading', { name: 'Check-ins' });
  return shown;
};

const week: readonly TrendPoint[] = [
  { date: '2026-11-02', value: 3, compared: 2, comparedLabel: 'Oct 5' },
  { date: '2026-11-09', value: null, compared: 4 },
  { date: '2026-11-16', value: 1e12, compared: null },
  { date: '2026-11-23', value: 7, compared: 1, partial: true, note: 'So far' },
];

const slider = () => screen.getByRole('slider', { name: 'Check-ins' });
const said = () => slider().getAttribute('aria-valuetext');

describe('a chart', () => {
  it('is gone along by keys, and says each point with what it is held against', async () => {
    await show(week, { comparedName: 'Previous period' });
    expect(said()).toBe('Nov 23, 2026: Check-ins 7; Previous period 1');
    await userEvent.tab();
    await userEvent.tab();
    await userEvent.tab();
    expect(document.activeElement).toBe(slider());
    await userEvent.keyboard('{Home}');
    expect(said()).toBe('Nov 2, 2026: Check-ins 3; Previous period (Oct 5) 2');
    await userEvent.keyboard('{ArrowRight}');
    expect(said()).toBe('Nov 9, 2026: Check-ins No data; Previous period 4');
    await userEvent.keyboard('{ArrowRight}{ArrowRight}{ArrowRight}');
    expect(said()).toContain('Nov 23');
    expect(slider().textContent).toContain('So far');
    await userEvent.keyboard('{Escape}');
    expect(slider().textContent).not.toContain('So far');
  });

  it('shows the point under the pointer, which a lifted finger leaves there', async () => {
    await show(week);
    fireEvent.pointerMove(slider(), { clientX: 60, pointerType: 'touch' });
    expect(slider().textContent).toContain('Nov 2, 2026');
    fireEvent.pointerLeave(slider(), { pointerType: 'touch' });
    expect(slider().textContent).toContain('Nov 2, 2026');
    fireEvent.pointerLeave(slider(), { pointerType: 'mouse' });
    expect(slider().textContent).not.toContain('Nov 2, 2026');
  });

  it('labels the last value, shortly where it is long, and has a gap where nothing is known', async () => {
    const { container } = await show(week.slice(0, 3), { goals: [{ name: 'Target', value: 5e11 }] });
    await waitFor(() => expect(container.querySelector('text[class*=last]')?.textContent).toBe('1T'));
    // Two values with a gap between them are two points, without a line.
    expect(container.querySelectorAll('path[class*=value]')).toHaveLength(0);
    expect(container.querySelectorAll('circle')).toHaveLength(2);
  });

  it('has its figures as a table, and its definition at hand', async () => {
    await show(week, { comparedName: 'Previous period' });
    expect(screen.getByRole('button', { name: 'What “Check-ins” means' })).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Show as table: Check-ins' }));
    const rows = screen.getAllByRole('row').map(({ textContent }) => textContent);
    expect(rows).toContain('Nov 9, 2026–4');
  });

  it('says so where nothing is known, and draws no zero', async () => {
    await show([{ date: '2026-11-02', value: null }]);
    expect(screen.getByText('No data for this period yet')).toBeTruthy();
    expect(screen.queryByRole('slider')).toBeNull();
  });

  it('has nothing that axe finds', async () => {
    const { container } = await show(week, { comparedName: 'Previous period' });
    const { violations } = await axe.run(container, { rules: { region: { enabled: false } } });
    expect(violations.map(({ id }) => id)).toEqual([]);
  });
});

describe('a sparkline', () => {
  it('is for the eye alone, with gaps and what is aimed at', () => {
    const { container } = render(<Sparkline values={[1, 2, null, 4, 3]} goal={5} />);
    const svg = container.querySelector('svg');
    expect(svg?.getAttribute('aria-hidden')).toBe('true');
    expect(svg?.getAttribute('height')).toBe('24');
    expect(container.querySelectorAll('path')).toHaveLength(2);
    expect(container.querySelectorAll('line')).toHaveLength(1);
  });
});
