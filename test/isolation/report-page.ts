import { asItIs, html, type Markup, tableOf } from './html.ts';
import type { ConfigurationId } from './layers.ts';
import type { IsolationReport, ReportedAttempt, ReportedConfiguration, ReportedRoute } from './report.ts';
import { introduction, limits, method, policyPart } from './report-parts.ts';
import { style } from './report-style.ts';

const labels: Readonly<Record<string, string>> = {
  refused: 'refused',
  stopped: 'stopped',
  nothing: 'nothing of theirs',
  leak: 'read',
  'let in': 'let in',
  broken: 'broken',
};

const isBad = (verdict: string) => ['leak', 'let in', 'broken'].includes(verdict);

function outcomeCell({ outcomes }: ReportedAttempt, id: ConfigurationId): Markup {
  const outcome = outcomes[id];
  if (outcome === undefined) return html`<span class="none">not asked</span>`;
  const { verdict, status, evidence = '' } = outcome;
  const kind = isBad(verdict) && id !== 'none' ? 'bad' : id === 'none' ? '' : 'good';
  const said = id === 'none' ? '' : evidence;
  const label =
    id === 'none' && status < 300 && verdict !== 'leak' ? 'answered' : (labels[verdict] ?? verdict);
  return html`<span class="${kind}">${label}</span> ${status}${said === '' ? '' : html`<br><span class="quiet">${said}</span>`}`;
}

function totals(configurations: readonly ReportedConfiguration[]): Markup {
  return tableOf(
    'What came of the attempts, by which layers stood',
    [
      'layers that stood',
      'attempts',
      'refused by the product',
      'stopped by the layer',
      'answered, nothing of theirs',
      'read, let in or broken',
      'items of theirs',
      'items changed',
    ],
    configurations.map(
      ({ id, title, attempts, refused, stopped, nothing, findings, items, changed, reached }) => [
        title,
        attempts,
        refused,
        stopped,
        nothing,
        id === 'none'
          ? html`${reached} got through, as they should`
          : html`<span class="${findings.length === 0 ? 'good' : 'bad'}">${findings.length}</span>`,
        items,
        id === 'none'
          ? html`${changed}, as they should`
          : html`<span class="${changed === 0 ? 'good' : 'bad'}">${changed}</span>`,
      ],
    ),
  );
}

/**
 * A cell of the matrix: the number of attempts, over all callers and configurations, and whether any
 * succeeded.
 */
function matrixCell({ attempts, notTried }: ReportedRoute, target: string): Markup {
  const made = attempts.filter((attempt) => attempt.target === target);
  if (made.length === 0) {
    const isWork = notTried.some((cell) => cell.target === target && cell.notTried !== 'no place for it');
    return html`<span class="none">${isWork ? 'own work' : '–'}</span>`;
  }
  const outcomes = made.flatMap(({ outcomes: all }) => Object.entries(all).filter(([id]) => id !== 'none'));
  const bad = outcomes.filter(([, { verdict }]) => isBad(verdict)).length;
  return bad === 0
    ? html`<span class="good">✓ ${outcomes.length}</span>`
    : html`<span class="bad">✗ ${bad} of ${outcomes.length}</span>`;
}

const matrix = ({ routes, targets }: IsolationReport): Markup =>
  tableOf(
    '✓ and the number of attempts of which none got through; – where a request has no place to name such a thing',
    ['route', ...targets],
    routes.map((route) => [
      html`<code>${route.method} ${route.path}</code>`,
      ...targets.map((target) => matrixCell(route, target)),
    ]),
    'matrix',
  );

const details = ({ routes, configurations }: IsolationReport): Markup[] =>
  routes.map((route) => {
    const { name, method: verb, path, attempts } = route;
    const body =
      attempts.length === 0
        ? html`<p class="quiet">${reasonWithout(route)}</p>`
        : tableOf(
            `${attempts.length} attempts`,
            ['who asks, naming', ...configurations.map(({ title }) => title)],
            attempts.map((attempt) => [
              html`<code>${attempt.by}</code>: ${attempt.target}<br><span class="quiet">${attempt.what}</span>`,
              ...configurations.map(({ id }) => outcomeCell(attempt, id)),
            ]),
          );
    return html`<details><summary><code>${verb} ${path}</code> <span class="quiet">${name}, ${attempts.length} attempts</span></summary>${body}</details>`;
  });

const reasonWithout = ({ kind }: ReportedRoute): string =>
  kind === 'anyone'
    ? 'For anyone: it serves nobody’s data, or proves the sender by a signature.'
    : 'A request for it has no place to name anything of another organization.';

/** The report as one self-contained page. */
export const pageOf = (report: IsolationReport): string =>
  html`<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Isolation report of MTCMS</title><style>${asItIs(style)}</style></head><body><main>
${introduction(report)}
<h2 id="totals">Totals</h2>${totals(report.configurations)}
${method(report)}
<h2 id="matrix">Every route and what was named</h2>
<p>Each route of the API, and what of the other organization a request named. The number counts the attempts of all callers, with all layers and with each alone.</p>
${matrix(report)}
${policyPart(report)}
${limits()}
<h2 id="attempts">Every attempt</h2>
<p>The status is that of the HTTP answer. Beneath it is what the layer said, as the function’s log has it. Open a route to see its attempts.</p>
${details(report)}
</main></body></html>
`.text;
