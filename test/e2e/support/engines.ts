import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

const require = createRequire(import.meta.url);
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const equalAccess = readFileSync(require.resolve('accessibility-checker-engine/ace-window.js'), 'utf8');

/** Loads both engines into the current page; navigation removes them. */
export async function bringEngines(page: Page): Promise<void> {
  await page.evaluate(axe);
  await page.evaluate(equalAccess);
}

/** What axe finds in a part of the page. */
export async function foundByAxe(page: Page, part: string): Promise<string[]> {
  const found: AxeResults = await page.evaluate(`axe.run('${part}', { resultTypes: ['violations'] })`);
  return found.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `axe ${id}: ${html}`));
}

/** False positives of Equal Access, with the text that identifies them. */
const notWrong: readonly { readonly rule: string; readonly words: string; readonly why: string }[] = [
  {
    rule: 'aria_content_in_landmark',
    words: 'skip-link',
    why: 'The way over the landmarks stands before all of them.',
  },
  {
    rule: 'aria_attribute_allowed',
    words: "'aria-description'",
    why: 'Of ARIA 1.3, which browsers and screen readers know: what a figure means.',
  },
  {
    rule: 'element_tabbable_role_valid',
    words: 'role="region"',
    why: 'What scrolls by itself is to be reached by keys, as axe asks for.',
  },
  {
    rule: 'aria_form_label_unique',
    words: 'do not have unique labels',
    why: 'A form without a name is no landmark; the one field of each is named by its KPI.',
  },
  {
    rule: 'aria_landmark_name_unique',
    words: '"form" landmarks within the same parent region',
    why: 'As above.',
  },
];

const isWrong = (rule: string, what: string): boolean =>
  !notWrong.some((one) => one.rule === rule && what.includes(one.words));

const question = (part: string) => `(async () => {
  const { results } = await new ace.Checker().check(document.querySelector('${part}'), ['IBM_Accessibility']);
  return results
    .filter(({ value }) => value[0] === 'VIOLATION' && value[1] === 'FAIL')
    .map(({ ruleId, message, snippet }) => [ruleId, message + ' ' + snippet]);
})()`;

/** The violations that IBM's Equal Access finds in a part of the page, without potential ones. */
export async function foundByEqualAccess(page: Page, part: string): Promise<string[]> {
  const found: readonly (readonly [string, string])[] = await page.evaluate(question(part));
  return found.flatMap(([rule, what]) => (isWrong(rule, what) ? [`ibm ${rule}: ${what}`] : []));
}
