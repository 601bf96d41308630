import { html, type Markup, tableOf } from './html.ts';
import type { Layer } from './layers.ts';
import type { IsolationReport, ReportedReach } from './report.ts';

const order: readonly Layer[] = ['code', 'guard', 'IAM'];

/** The report's introduction. */
export function introduction(report: IsolationReport): Markup {
  const { configurations, routes, cells, findings, policies, made, commit } = report;
  const layered = configurations.filter(({ id }) => id !== 'none');
  const attempts = layered.reduce((sum, one) => sum + one.attempts, 0);
  const control = configurations.find(({ id }) => id === 'none');
  const isGood = findings.length === 0;
  return html`<h1>Isolation report</h1>
<p class="quiet">MTCMS, made on ${made.slice(0, 16).replace('T', ' ')} UTC of commit <code>${commit}</code> by <code>npm run isolation-report</code>.</p>
<p>MTCMS keeps the data of many organizations in one DynamoDB table. This report is for somebody who has to judge whether one organization can see or change what is another’s. It says what was tried on the running product, what came of each attempt, and what the policies of the template allow.</p>
<p><span class="verdict ${isGood ? 'good' : 'bad'}">${
    isGood
      ? 'No attempt read, changed or found anything of the other organization.'
      : `${findings.length} findings`
  }</span></p>
${findings.length === 0 ? '' : html`<ul>${findings.map((finding) => html`<li class="bad">${finding}</li>`)}</ul>`}
<ul class="figures">
<li><b>${routes.length}</b> routes, all of the API</li>
<li><b>${cells}</b> cells: route × who asks × what is named</li>
<li><b>${attempts}</b> attempts while layers stood</li>
<li><b>${findings.length}</b> findings</li>
<li><b>${control?.reached ?? 0}</b> of ${control?.attempts ?? 0} got through with every layer off (the control)</li>
<li><b>${policies.decisions}</b> decisions of IAM policies</li>
</ul>`;
}

/** How the attempts were made, and exactly what was switched off. */
export const method = ({ layers, configurations }: IsolationReport): Markup => html`
<h2 id="method">How it was tried</h2>
<p>The product runs as it is deployed: its synthesized template, its bundled functions, a DynamoDB engine, and a gate before it that judges every request to the table by the template’s IAM policies. Two organizations are made by the product’s own API. People of one of them, in each role, and somebody who isn’t signed in, then send requests that name what belongs to the other, and are right in every other way: real ids, a real cursor and a real idempotency key that the other organization’s admin was given, and the state that a thing really has.</p>
<p>An attempt fails the report if the answer holds an id, a name or an address that only the other organization has; if, with our code standing, it is answered otherwise than for what never existed; if it breaks something; or if an item of the other organization changed, or one of the attackers’ came to name something of it. Before and after, every item of its partitions is read from the engine and compared, attribute by attribute. Left out are only counters of the minute, which expire by themselves. Scheduled runs stand still meanwhile.</p>
<h3>The three layers, and how each was switched off</h3>
<p>The harness switches a layer off from outside. No switch exists in the product.</p>
${tableOf(
  'Layers',
  ['layer', 'what it is', 'how it is switched off'],
  order.map((layer) => [layers[layer].title, layers[layer].is, layers[layer].off]),
)}
<h3>What each line of the totals means</h3>
<ul>
<li><b>All three layers</b>: the product, unchanged.</li>
<li><b>Code alone</b>: guard and IAM off. Our code has to refuse by itself.</li>
<li><b>Guard alone</b>: code and IAM off. Every request now works with keys of the other organization, and the guard has to stop it.</li>
<li><b>IAM alone</b>: code and guard off. The same, and the policies have to stop it. What a write puts into an index is no part of what IAM can compare; there the guard stands alone.</li>
<li><b>None</b>: everything off, asked by an org admin. It is the control: if these attempts didn’t get through, the lines above would prove nothing. Those that don’t get through name a thing where it isn’t, such as a check-in under another KPI, or a cursor of another list.</li>
</ul>
<p class="quiet">“Stopped” means that the function’s log names the layer’s refusal of that very request. Where our code is off, attempts by nobody and on the platform’s own routes aren’t made: signing in isn’t switched off, and the platform’s routes work for all organizations by design, so that only our code can say who may call them. ${configurations.length} configurations were tried.</p>`;

const reachRows = ({ role, isSession, allowed, decisions }: ReportedReach) =>
  allowed.length === 0
    ? [[html`${role}`, html`<span class="good">nothing</span>`, '', '', String(decisions)]]
    : allowed.map(({ of, on, keys, actions }, at) => [
        at === 0
          ? html`${role}${isSession ? html`<br><span class="quiet">session for one organization</span>` : ''}`
          : '',
        `${classes[of] ?? of}, ${on}`,
        html`<code>${keys}</code>`,
        actions,
        at === 0 ? String(decisions) : '',
      ]);

const classes: Readonly<Record<string, string>> = {
  own: 'own organization',
  'own audit': 'own audit log',
  foreign: 'any organization',
  'foreign audit': 'any audit log',
  platform: 'platform',
  'no key': 'no key',
};

/** A role without a session can’t distinguish organizations: its two rows would be the same. */
const told = ({ isSession, ...reach }: ReportedReach): ReportedReach => ({
  ...reach,
  isSession,
  allowed: reach.allowed.filter(({ of }) => isSession || !of.startsWith('own')),
});

export const policyPart = ({ policies }: IsolationReport): Markup => html`
<h2 id="policies">What the policies allow</h2>
<p>Every role of the synthesized template was asked about every action on items, PartiQL, Scan, exports, backups and changes of the table itself, on every partition that the product’s items can have: of the session’s own organization, of a foreign one, of the platform, of audit logs, in the table and in each index, and without a key. ${policies.decisions} decisions by the same evaluation that the local run uses (none for a role whose policies name nothing of DynamoDB). What isn’t listed is denied.</p>
<p class="${policies.findings.length === 0 ? 'good' : 'bad'}">${
  policies.findings.length === 0
    ? 'No session reaches another organization’s or the platform’s partitions; no role may Scan, use PartiQL, export or change the table; no role changes or removes an audit entry, and only the writer puts one.'
    : policies.findings.map((finding) => html`${finding}<br>`)
}</p>
${tableOf(
  'Allowed, by role. “Any organization” is what a role reaches that works for all of them',
  ['role', 'where', 'partition keys', 'actions', 'decisions'],
  policies.roles.map(told).flatMap(reachRows),
)}`;

export const limits = (): Markup => html`
<h2 id="limits">What this report does not show</h2>
<ul>
<li>It was made on one machine. IAM’s decisions are those of a simulator that evaluates the deployed policies; AWS’s own are tried by the canary of each stage.</li>
<li>It tries one thing at a time, as somebody who knows every id. Attacks in several steps, on tokens, on webhooks and by load are tried by <code>npm run attack</code>; wrong requests by the thousand by <code>npm run fuzz</code>.</li>
<li>What a role may do inside its own organization is the permission matrix’s (<code>test/integration/permission-matrix.test.ts</code>), which is made from the same table of routes.</li>
<li>The type layer (branded ids and scopes) is checked by the compiler, not by requests. With “code off” its promise is broken on purpose.</li>
</ul>`;
