import IconDownload from '@tabler/icons-react/icons/IconDownload';
import { csvHead, csvLine } from '../../../domain/csv.ts';
import { saveFile } from '../../lib/api.ts';
import { useTexts } from '../../text/language.tsx';
import { type Column, plainText } from './column.ts';
import { ToolButton } from './tool-button.tsx';

interface Props<Item> {
  /** File name without date and extension. */
  readonly name: string;
  readonly columns: readonly Column<Item>[];
  readonly items: readonly Item[];
}

const mediaType = 'text/csv';

/** Exports the visible columns and rows as CSV. */
export function CsvButton<Item>({ name, columns, items }: Props<Item>) {
  const { exportCsv } = useTexts().table;
  const save = () => {
    const exported = columns.filter(({ actions }) => actions !== true);
    const lines = items.map((item) => csvLine(exported.map((column) => plainText(column, item))));
    const file = new Blob([csvHead(exported.map(({ title }) => title)), ...lines], { type: mediaType });
    saveFile([file], `${name}-${new Date().toISOString().slice(0, 10)}.csv`, mediaType);
  };
  return (
    <ToolButton label={exportCsv} onClick={save}>
      <IconDownload size={18} aria-hidden />
    </ToolButton>
  );
}
