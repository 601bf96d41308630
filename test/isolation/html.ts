/** A string that is already HTML. */
export class Markup {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

type Part = Markup | string | number | readonly Part[];

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string) => text.replaceAll(/[&<>"]/g, (character) => escapes[character] ?? character);

const asText = (part: Part): string => {
  if (part instanceof Markup) return part.text;
  if (typeof part === 'string' || typeof part === 'number') return escaped(String(part));
  return part.map(asText).join('');
};

/** Marks HTML, or a style sheet, as safe. */
export const asItIs = (text: string): Markup => new Markup(text);

/** An HTML template: values that aren't HTML yet are escaped. */
export const html = (texts: TemplateStringsArray, ...parts: readonly Part[]): Markup =>
  new Markup(texts.map((text, at) => `${text}${at < parts.length ? asText(parts[at] ?? '') : ''}`).join(''));

/** A table with headings; the first cell of a row is its heading. */
export const tableOf = (
  caption: string,
  headings: readonly Part[],
  rows: readonly (readonly Part[])[],
  kind = '',
): Markup =>
  html`<div class="wide"><table class="${kind}"><caption>${caption}</caption><thead><tr>${headings.map(
    (heading) => html`<th scope="col">${heading}</th>`,
  )}</tr></thead><tbody>${rows.map(
    ([first = '', ...cells]) =>
      html`<tr><th scope="row">${first}</th>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>`,
  )}</tbody></table></div>`;
