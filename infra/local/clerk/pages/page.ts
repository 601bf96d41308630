import { readFileSync } from 'node:fs';
import { type Answer, mount } from '../http.ts';
import type { Route } from '../instance.ts';

/** A string that is already HTML. */
interface Html {
  readonly html: string;
}

type Part = string | number | Html | readonly Html[];

const escaped = (text: string) =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');

const isHtml = (part: Part): part is Html => typeof part === 'object' && 'html' in part;

function written(part: Part): string {
  if (isHtml(part)) return part.html;
  return typeof part === 'object' ? part.map(written).join('') : escaped(String(part));
}

/** HTML from a template; values are escaped unless they are already HTML. */
export const html = (strings: TemplateStringsArray, ...parts: readonly Part[]): Html => ({
  html: strings.reduce((text, string, index) => `${text}${written(parts[index - 1] ?? '')}${string}`),
});

interface Page {
  readonly title: string;
  /** The content of `main`. */
  readonly content: Html;
  readonly narrow?: boolean;
  readonly status?: number;
  /** An origin, other than the product's, to which a form may redirect. */
  readonly leadsTo?: string;
}

/** A page without scripts, which no other page may frame. */
export function pageAnswer({ title, content, narrow = false, status = 200, leadsTo = '' }: Page): Answer {
  const policy = `default-src 'none'; style-src 'self'; form-action 'self' ${leadsTo}; base-uri 'none'; frame-ancestors 'none'`;
  const body = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · MTCMS</title>
<link rel="stylesheet" href="${mount}/pages.css">
</head>
<body>
<main class="${narrow ? 'narrow' : ''}">
${content}
</main>
</body>
</html>
`;
  return {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': policy,
      'x-content-type-options': 'nosniff',
      // The link to an invitation is its key, so only the recipient may see it.
      'referrer-policy': 'same-origin',
    },
    body: body.html,
  };
}

/** The pages' style sheet. */
export const styleRoutes = (): Route[] => {
  const body = readFileSync(new URL('./pages.css', import.meta.url), 'utf8');
  const headers = { 'content-type': 'text/css; charset=utf-8', 'cache-control': 'no-cache' };
  return [{ method: 'GET', path: '/pages.css', handle: () => ({ status: 200, headers, body }) }];
};
