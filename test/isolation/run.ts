/**
 * `npm run isolation-report`: attempts to cross from one organization into another by every route, with all
 * layers of isolation and with each alone, and writes a report for reviewers. Exits with 1 if an attempt
 * succeeded.
 */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { makeReport } from './make.ts';
import { pageOf } from './report-page.ts';

const git = (...parameters: string[]) => execFileSync('git', parameters, { encoding: 'utf8' }).trim();
const isClean = git('status', '--porcelain', '--untracked-files=no') === '';
const commit = `${git('rev-parse', '--short', 'HEAD')}${isClean ? '' : ', with changes'}`;

const report = await makeReport({ commit, say: (what) => console.log(what) });
writeFileSync('docs/isolation-report.json', `${JSON.stringify(report)}\n`);
writeFileSync('docs/isolation-report.html', pageOf(report));
console.table(
  report.configurations.map(({ title, attempts, refused, stopped, nothing, findings, changed, reached }) => ({
    ...{ layers: title, attempts, refused, stopped, nothing, findings: findings.length, changed, reached },
  })),
);
for (const finding of report.findings) console.error(finding);
console.log('wrote docs/isolation-report.html and docs/isolation-report.json');
process.exitCode = report.findings.length === 0 ? 0 : 1;
