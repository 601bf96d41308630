import { screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { partsOf, readCheckIns, textOfFile } from '../../web/features/kpis/check-in-lines.ts';
import { english } from './support/english.ts';
import { me, type Replies, renderApp } from './support/render-app.tsx';
import { everything, own } from './support/small-organization.ts';

const { imports } = english.kpis;
const route = `POST /api${own}/kpis/check-ins/bulk`;
const isDryRun = ({ url }: Request) => new URL(url).searchParams.get('dryRun') === 'true';

interface Body {
  readonly checkIns: readonly { readonly kpi: string; readonly value: unknown }[];
}
const bodyOf = async (request: Request): Promise<Body> => await request.clone().json();

/** A server that only accepts numbers, and already has the value 3. */
const server: Replies = {
  ...everything,
  'GET /api/me': me('org_admin'),
  [route]: async (request) => {
    const { checkIns } = await bodyOf(request);
    const results = checkIns.map(({ value }, index) => {
      if (typeof value !== 'number')
        return {
          ...{ index, status: 'refused', code: 'validation_failed', message: 'x' },
          fields: [{ path: 'value', message: 'must be a number', reason: 'not_a_number', params: {} }],
        };
      return { index, status: value === 3 ? 'unchanged' : 'created' };
    });
    return { status: 200, body: { applied: !isDryRun(request), results } };
  },
};

const paste = async (text: string) => {
  await userEvent.click(await screen.findByRole('textbox', { name: imports.label }));
  await userEvent.paste(text);
};

describe('importing check-ins', () => {
  it('checks every line first, then sends those that are right, and says what came of each', async () => {
    const requests = renderApp(`${own}/kpis?dialog=import-check-ins`, server);
    await paste('KPI;Datum;Wert\nSales;20.11.2026;12,5\nSales;21.11.2026;many\nSales;22.11.2026;3');
    await userEvent.click(screen.getByRole('button', { name: imports.check }));
    const preview = await screen.findByRole('table', { name: imports.preview });
    expect(screen.getByText(imports.counts(1, 1, 1))).toBeDefined();
    expect(within(preview).getByText(/^Value: .*number/)).toBeDefined();
    await userEvent.click(screen.getByRole('button', { name: imports.send(1) }));
    await screen.findByRole('table', { name: imports.results });
    expect(screen.getByText(imports.importedCounts(1, 0, 0))).toBeDefined();
    const [, sent] = requests.filter((request) => request.url.includes('/bulk'));
    if (sent === undefined) throw new Error('nothing was sent');
    expect(await bodyOf(sent)).toEqual({ checkIns: [{ kpi: 'Sales', date: '2026-11-20', value: 12.5 }] });
  });

  it('takes a file as spreadsheets write it', async () => {
    renderApp(`${own}/kpis?dialog=import-check-ins`, server);
    await screen.findByRole('textbox', { name: imports.label });
    const input = document.querySelector('input[type=file]');
    if (!(input instanceof HTMLInputElement)) throw new Error('there is no place for a file');
    const latin = new Uint8Array([...'Verk\u00e4ufe;2026-11-20;1'].map((sign) => sign.charCodeAt(0)));
    await userEvent.upload(input, new File([latin], 'values.csv', { type: 'text/csv' }));
    await waitFor(() => expect(screen.getByRole('textbox')).toHaveProperty('value', 'Verkäufe;2026-11-20;1'));
    await userEvent.upload(input, new File([new Uint8Array([80, 75, 0, 1])], 'values.csv'));
    expect(await screen.findByText(imports.notText)).toBeDefined();
  });

  it('says what can’t be imported before anything is sent', async () => {
    renderApp(`${own}/kpis?dialog=import-check-ins`, server);
    await paste('Sales;2026-11-20;"1');
    expect(await screen.findByText(imports.unclosed(1))).toBeDefined();
    expect(screen.getByRole('button', { name: imports.check })).toHaveProperty('disabled', true);
  });
});

describe('a table of check-ins', () => {
  it('may have its columns in any order, by their names in either language, or none', () => {
    const line = { kpi: 'Sales', date: '2026-11-20', number: 5, note: 'well' };
    expect(readCheckIns('date,Comment,VALUE,Kpi\n2026-11-20,well,5,Sales').lines).toMatchObject([line]);
    expect(readCheckIns('Wert\tKPI\tKommentar\tDatum\n5\tSales\twell\t2026-11-20').lines).toMatchObject([
      line,
    ]);
    expect(readCheckIns('Sales,2026-11-20,5,well').lines).toMatchObject([line]);
  });

  it('has 1.234 as a number between commas, and as a question elsewhere', () => {
    expect(readCheckIns('Sales,2026-11-20,1.234').lines).toMatchObject([{ number: 1.234 }]);
    expect(readCheckIns('Sales;2026-11-20;1.234').lines).toMatchObject([{ number: Number.NaN }]);
    expect(readCheckIns('Sales;2026-11-20;1.234,5').lines).toMatchObject([{ number: 1234.5 }]);
  });

  it('of ten thousand lines goes in requests that the API takes', () => {
    const { lines } = readCheckIns(
      Array.from({ length: 10_000 }, (_, day) => `${'ä'.repeat(120)},2026-11-20,${day},why`).join('\n'),
    );
    const parts = partsOf(lines);
    expect(parts.flat()).toHaveLength(10_000);
    expect(Math.max(...parts.map((part) => part.length))).toBeLessThanOrEqual(500);
  });

  it('is read in the character sets of spreadsheets', () => {
    const utf16 = new Uint8Array([0xff, 0xfe, 0xe4, 0, 0x3b, 0]);
    expect(textOfFile(utf16)).toBe('ä;');
    expect(textOfFile(new TextEncoder().encode('\uFEFFä'))).toBe('ä');
    expect(textOfFile(new Uint8Array([0xe4]))).toBe('ä');
    expect(textOfFile(new Uint8Array([0x50, 0x4b, 0x03, 0x04, 0]))).toBeNull();
  });
});
