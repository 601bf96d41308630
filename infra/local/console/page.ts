import type { HttpAnswer } from '../http.ts';

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** HTML made by `html`, and so known to be safe. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Part = string | number | Markup | readonly Markup[];

const shown = (part: Part): string => {
  if (part instanceof Markup) return part.text;
  if (typeof part === 'object') return part.map(({ text }) => text).join('');
  return String(part).replaceAll(/[&<>"']/g, (character) => escapes[character] ?? character);
};

/** An HTML template. Values are escaped unless they are `Markup`. */
export const html = (texts: TemplateStringsArray, ...parts: Part[]): Markup =>
  new Markup(String.raw({ raw: texts }, ...parts.map(shown)));

const style = `
:root{color-scheme:light dark;--line:light-dark(#dfe3e8,#383c44);--soft:light-dark(#5a6472,#a3acb9);--page:light-dark(#f6f7f9,#16181c);--card:light-dark(#fff,#1f2227);--accent:light-dark(#1f5fbf,#7fb0ff);--on-accent:light-dark(#fff,#0d1420)}
*{box-sizing:border-box}body{margin:0;font:16px/1.5 system-ui,sans-serif;background:var(--page)}
main{max-width:62rem;margin:0 auto;padding:2rem 1rem 4rem}h1{font-size:1.5rem;margin:0 0 .25rem}h2{font-size:1.1rem;margin:2rem 0 .5rem}
p{margin:.25rem 0 1rem;max-width:70ch}.soft{color:var(--soft)}a{color:var(--accent)}
.card{background:var(--card);border:1px solid var(--line);border-radius:.6rem;padding:1rem 1.25rem;margin:0 0 .75rem}
.narrow{max-width:28rem}label{display:block;font-weight:600;margin:.75rem 0 .25rem}
input{width:100%;font:inherit;padding:.5rem .7rem;border:1px solid var(--soft);border-radius:.4rem;background:var(--page);color:inherit}
button,.button{display:inline-block;font:inherit;font-weight:600;padding:.5rem 1rem;border:0;border-radius:.4rem;background:var(--accent);color:var(--on-accent);text-decoration:none;cursor:pointer}
form button{margin-top:1rem}:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
.scroll{overflow-x:auto}table{border-collapse:collapse;width:100%;font-size:.925rem}th,td{text-align:left;padding:.4rem .75rem .4rem 0;border-bottom:1px solid var(--line);vertical-align:top;overflow-wrap:anywhere}
td form button{margin:0;padding:.2rem .7rem;font-size:.875rem}`;

/** A page of the local run: no script, so that it works under any policy. */
export const page = (status: number, title: string, body: Markup): HttpAnswer => ({
  status,
  headers: {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy':
      "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  },
  body: Buffer.from(
    html`<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title><style>${new Markup(style)}</style></head><body><main>${body}</main></body></html>`
      .text,
  ),
});
