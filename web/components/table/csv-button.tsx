import { ActionIcon, type ActionIconProps } from '@mantine/core';
import IconDownload from '@tabler/icons-react/icons/IconDownload';
import type { ComponentProps, CSSProperties } from 'react';
import { csvHead, csvLine } from '../../../domain/csv.ts';
import { saveFile } from '../../lib/api.ts';
import { useTexts } from '../../text/language.tsx';
import { type Column, plainText } from './column.ts';

interface ToolButtonProps extends ActionIconProps, Omit<ComponentProps<'button'>, keyof ActionIconProps> {
  readonly label: string;
}

/** The same height as the buttons and fields next to it. */
const style: CSSProperties & Record<'--ai-size', string> = { '--ai-size': 'var(--app-control-height, 2rem)' };

/** An icon button above a list, with its name on hover. */
export const ToolButton = ({ label, ...props }: ToolButtonProps) => (
  <ActionIcon variant="default" style={style} aria-label={label} title={label} {...props} />
);

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
