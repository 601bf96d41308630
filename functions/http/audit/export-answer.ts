import type { Page } from '../../../domain/page.schema.ts';
import { type FileAnswer, filePart } from '../file-answer.ts';
import type { ApiEvent } from '../request.ts';

/** The same address with another cursor. */
function addressOf({ rawPath, queryStringParameters }: ApiEvent, cursor: string): string {
  const query = Object.entries(queryStringParameters ?? {}).map(([name, value = '']) => [name, value]);
  return `${rawPath}?${new URLSearchParams([...query.filter(([name]) => name !== 'cursor'), ['cursor', cursor]])}`;
}

/** A part of an export: its text is the page's only item. */
interface ExportAnswer extends Page<string> {
  readonly event: ApiEvent;
  readonly format: { readonly mediaType: string; readonly extension: string };
  readonly now: Date;
  /** Of the file, without the day and the extension. */
  readonly name: string;
}

/** Answers a part of an export as a file that says where the next part is. */
export const exportAnswer = ({ event, format, now, name, items, nextCursor }: ExportAnswer): FileAnswer =>
  filePart({
    mediaType: format.mediaType,
    name: `${name}-${now.toISOString().slice(0, 10)}.${format.extension}`,
    text: items.join(''),
    next: nextCursor === null ? null : { cursor: nextCursor, address: addressOf(event, nextCursor) },
  });
