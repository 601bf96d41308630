/** The report's style sheet: self-contained, for light and dark screens and paper. */
export const style = `
:root { color-scheme: light dark; --ink: #1b1f24; --quiet: #57606a; --line: #d8dee4; --paper: #fff; --soft: #f6f8fa;
  --good: #1a6b3c; --good-soft: #e3f4e8; --bad: #a4201a; --bad-soft: #fde8e6; --none: #8a929b; --accent: #3538cd; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e9ed; --quiet: #a3adb8; --line: #343b44; --paper: #14171b; --soft: #1d2228;
  --good: #7ad69b; --good-soft: #15321f; --bad: #ff9d94; --bad-soft: #43191a; --none: #77818c; --accent: #a3a8ff; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.55 system-ui, sans-serif; }
main { max-width: 1180px; margin: 0 auto; padding: 2.5rem 1.25rem 5rem; }
h1 { font-size: 2rem; line-height: 1.2; margin: 0 0 .5rem; }
h2 { font-size: 1.35rem; margin: 3rem 0 .75rem; padding-top: .75rem; border-top: 1px solid var(--line); }
h3 { font-size: 1.05rem; margin: 1.75rem 0 .5rem; }
p, li { max-width: 76ch; }
a { color: var(--accent); }
code { font: .9em ui-monospace, monospace; overflow-wrap: anywhere; }
.quiet { color: var(--quiet); }
.verdict { display: inline-block; padding: .35rem .8rem; border-radius: .5rem; font-weight: 600; }
.good { color: var(--good); } .bad { color: var(--bad); } .none { color: var(--none); }
.verdict.good { background: var(--good-soft); } .verdict.bad { background: var(--bad-soft); }
.figures { display: flex; flex-wrap: wrap; gap: .75rem; margin: 1.5rem 0; padding: 0; list-style: none; }
.figures li { flex: 1 1 10rem; padding: .8rem 1rem; border: 1px solid var(--line); border-radius: .6rem; background: var(--soft); }
.figures b { display: block; font-size: 1.6rem; line-height: 1.2; font-variant-numeric: tabular-nums; }
.wide { overflow-x: auto; margin: 1rem 0; }
table { border-collapse: collapse; width: 100%; font-size: .875rem; font-variant-numeric: tabular-nums; }
caption { text-align: left; color: var(--quiet); padding-bottom: .4rem; }
th, td { text-align: left; vertical-align: top; padding: .4rem .6rem; border-bottom: 1px solid var(--line); }
thead th { background: var(--soft); border-bottom-color: var(--quiet); vertical-align: bottom; }
tbody th { font-weight: 500; }
.matrix td, .matrix thead th + th { text-align: center; white-space: nowrap; }
.matrix thead th + th { white-space: normal; min-width: 5.2rem; }
.matrix th:first-child { min-width: 19rem; } .matrix code { overflow-wrap: normal; word-break: break-word; }
details { border: 1px solid var(--line); border-radius: .5rem; margin: .4rem 0; padding: 0 .9rem; }
summary { cursor: pointer; padding: .5rem 0; }
summary code { font-weight: 600; }
.contents { columns: 2; }
@media (max-width: 40rem) { .contents { columns: 1; } }
@media print {
  body { font-size: 10pt; } main { max-width: none; padding: 0; } .wide { overflow: visible; }
  table { font-size: 7.5pt; } tr, .figures li { break-inside: avoid; } h2, h3 { break-after: avoid; }
  details { border: 0; padding: 0; } details::details-content { content-visibility: visible; height: auto; }
}
`;
