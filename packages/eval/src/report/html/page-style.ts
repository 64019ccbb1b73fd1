/**
 * The page's style. Colours are those of Okabe and Ito (2008), which readers with colour-vision deficiencies tell apart,
 * a little darker on white and lighter on black where they would have less than 3:1 contrast.
 */
export const PAGE_STYLE = `
:root {
  --paper: #fff; --ink: #1c2127; --quiet: #57606a; --rule: #d5dae0; --faint: #e9ecef; --wash: #f5f7f8; --link: #0a5c99;
  --s0: #d55e00; --s1: #0072b2; --s2: #00875f; --s3: #b5568c; --s4: #b27a00; --s5: #2b8cc4; --s6: #33383e; --s7: #57606a;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #14171a; --ink: #e4e7ea; --quiet: #a2abb4; --rule: #3a4149; --faint: #262b31; --wash: #1c2024; --link: #7cc0ee;
    --s0: #f08a3c; --s1: #56b4e9; --s2: #22b98b; --s3: #d98fb6; --s4: #e6b23c; --s5: #a5d8f5; --s6: #c9ced3; --s7: #a2abb4;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body {
  margin: 0; background: var(--paper); color: var(--ink);
  font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Liberation Sans", Arial, sans-serif;
}
.page { max-width: 1160px; margin: 0 auto; padding: 56px 32px 96px; }
h1 { font-size: 32px; line-height: 1.2; font-weight: 650; letter-spacing: -.012em; margin: 0 0 12px; overflow-wrap: anywhere; }
h2 { font-size: 21px; line-height: 1.3; font-weight: 650; margin: 0 0 8px; }
h3 { font-size: 16px; line-height: 1.4; font-weight: 600; margin: 0 0 6px; overflow-wrap: anywhere; }
p { margin: 0 0 12px; }
section { margin-top: 64px; }
.lead { font-size: 17px; color: var(--quiet); max-width: 78ch; overflow-wrap: anywhere; }
.about { color: var(--quiet); max-width: 78ch; margin-bottom: 20px; }
.small { font-size: 13px; color: var(--quiet); }
.caution { border-left: 3px solid var(--s0); padding: 2px 0 2px 12px; max-width: 78ch; }
.findings {
  list-style: none; margin: 32px 0 0; padding: 0; display: grid; gap: 28px 40px;
  grid-template-columns: repeat(auto-fill, minmax(min(100%, 230px), 1fr));
}
.findings li { border-top: 2px solid var(--ink); padding-top: 10px; min-width: 0; }
.findings p { margin: 0; font-size: 15px; line-height: 1.45; }
.findings .where { font-weight: 600; overflow-wrap: anywhere; }
.findings .change { font-size: 34px; line-height: 1.25; font-weight: 600; letter-spacing: -.015em; font-variant-numeric: tabular-nums; }
.findings .evidence { white-space: nowrap; }
.findings .loss { font-weight: 600; }
.findings .small { font-size: 13px; margin-top: 2px; }
.section-head { display: flex; flex-wrap: wrap; gap: 8px 24px; align-items: baseline; justify-content: space-between; margin-bottom: 8px; }
.metric-switch { margin: 0; display: flex; gap: 10px; align-items: center; }
.metric-switch[hidden] { display: none; }
.metric-switch label { color: var(--quiet); font-size: 14px; }
select, button { font: inherit; color: inherit; }
select { font-size: 15px; padding: 5px 8px; border: 1px solid var(--quiet); border-radius: 6px; background: var(--paper); }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; border-radius: 3px; }
.scroll { overflow-x: auto; margin: 0 0 24px; }
table { border-collapse: separate; border-spacing: 0; width: 100%; font-size: 15px; line-height: 1.4; font-variant-numeric: tabular-nums; }
caption { text-align: left; color: var(--quiet); font-size: 14px; padding: 0 0 10px; }
caption span { display: block; position: sticky; left: 0; max-width: min(100%, calc(100vw - 32px)); }
caption strong { color: var(--ink); font-weight: 600; }
th, td { text-align: left; padding: 8px 14px 8px 0; white-space: nowrap; font-weight: 400; }
th:not(:first-child), td { padding-left: 10px; }
th:last-child, td:last-child { padding-right: 2px; }
thead th { font-size: 13px; color: var(--quiet); font-weight: 600; border-top: 2px solid var(--ink); border-bottom: 1px solid var(--quiet); vertical-align: bottom; white-space: normal; min-width: 84px; }
tbody tr + tr > * { border-top: 1px solid var(--faint); }
tbody .group th { font-weight: 600; padding: 14px 0 4px; }
tbody .group + tr > * { border-top: 0; }
tbody:not(:first-of-type) .group th { border-top: 1px solid var(--rule); }
tbody:last-child tr:last-child > * { border-bottom: 2px solid var(--ink); }
tbody .group ~ tr th[scope=row] { padding-left: 14px; }
.n { text-align: right; }
.sd { color: var(--quiet); font-size: 13px; }
.dense .sd { display: block; }
td strong { font-weight: 700; }
td b { font-weight: 600; }
.none { color: var(--quiet); }
.list-title { font-size: 14px; font-weight: 600; margin: 0 0 4px; }
.per-seed { margin: 0 0 12px; padding: 0; list-style: none; font-size: 14px; color: var(--quiet); font-variant-numeric: tabular-nums; }
.per-seed li { padding: 2px 0; }
.per-seed .where { color: var(--ink); margin-right: 6px; overflow-wrap: anywhere; }
.per-seed b { font-weight: 600; color: var(--ink); }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 440px), 1fr)); gap: 40px 48px; }
.card { min-width: 0; break-inside: avoid; }
.card.wide { grid-column: 1 / -1; }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 440px), 1fr)); gap: 16px 48px; }
figure { margin: 8px 0 0; position: relative; min-width: 0; }
.plot { overflow-x: auto; }
.plot svg { display: block; width: 100%; height: auto; min-width: 420px; overflow: visible; }
.plot.fitted { overflow: visible; touch-action: pan-y; }
.plot.fitted svg { min-width: 0; }
.legend { list-style: none; display: flex; flex-wrap: wrap; gap: 2px 4px; margin: 0 0 0 -6px; padding: 0; }
.legend button { display: inline-flex; align-items: center; gap: 7px; border: 0; background: none; padding: 3px 7px; border-radius: 5px; font-size: 13.5px; line-height: 1.4; color: var(--ink); text-align: left; }
.legend button:enabled { cursor: pointer; }
.legend button:enabled:hover { background: var(--wash); }
.legend button[aria-pressed=false] { color: var(--quiet); text-decoration: line-through; }
.legend button[aria-pressed=false] svg { opacity: .3; }
.line-key { flex: none; }
.s0 { --c: var(--s0); } .s1 { --c: var(--s1); } .s2 { --c: var(--s2); } .s3 { --c: var(--s3); }
.s4 { --c: var(--s4); } .s5 { --c: var(--s5); } .s6 { --c: var(--s6); } .s7 { --c: var(--s7); }
svg text { font-size: 12px; fill: var(--quiet); font-variant-numeric: tabular-nums; }
svg .title { font-size: 12.5px; fill: var(--ink); }
svg .note { fill: var(--ink); paint-order: stroke; stroke: var(--paper); stroke-width: 4px; stroke-linejoin: round; }
.grid { stroke: var(--faint); stroke-width: 1; }
.axis { stroke: var(--quiet); stroke-width: 1; }
.mean { fill: none; stroke: var(--c); stroke-width: 2; stroke-linejoin: round; }
.run { fill: none; stroke: var(--c); stroke-width: 1; opacity: .28; stroke-linejoin: round; }
.blank { fill: var(--paper); }
.band { fill: var(--c); opacity: .13; }
.reference { stroke: var(--c); stroke-width: 1.5; stroke-dasharray: 6 4; }
.best { fill: var(--c); stroke: var(--paper); stroke-width: 1.5; }
.dot { fill: var(--c); }
.cursor { stroke: var(--quiet); stroke-width: 1; }
.tip { position: absolute; z-index: 1; pointer-events: none; background: var(--paper); border: 1px solid var(--rule); border-radius: 6px; padding: 7px 10px; font-size: 13px; line-height: 1.4; box-shadow: 0 2px 10px rgb(0 0 0 / .14); }
.tip p { margin: 0 0 3px; color: var(--quiet); }
.tip table { font-size: 13px; width: auto; }
.tip tr > * { border: 0 !important; padding: 1px 0; }
.tip td + td { padding-left: 14px; text-align: right; }
.key { display: inline-block; width: 9px; height: 9px; border-radius: 50%; background: var(--c); margin-right: 7px; }
.command { display: flex; gap: 12px; align-items: flex-start; background: var(--wash); border: 1px solid var(--rule); border-radius: 6px; padding: 10px 12px; margin: 0 0 28px; }
.command pre { flex: 1; margin: 0; min-width: 0; background: none; padding: 3px 0; }
.command button { flex: none; font-size: 13px; padding: 3px 12px; border: 1px solid var(--quiet); border-radius: 5px; background: var(--paper); cursor: pointer; min-width: 76px; }
pre, code { font: 13px/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace; }
pre { overflow-x: auto; margin: 0; padding: 12px; background: var(--wash); border-radius: 6px; }
details { border-top: 1px solid var(--faint); padding: 6px 0; font-size: 14px; }
.runs details:last-child { border-bottom: 1px solid var(--faint); }
summary { cursor: pointer; padding: 2px 0; overflow-wrap: anywhere; }
summary .small { margin-left: 8px; }
details pre { margin: 8px 0; }
.other-metrics > summary { font-weight: 600; margin-bottom: 12px; }
@media (max-width: 640px) {
  .page { padding: 32px 16px 64px; }
  h1 { font-size: 26px; }
  section { margin-top: 48px; }
  .lead { font-size: 16px; }
  .findings { gap: 24px; margin-top: 24px; }
  .sd { display: block; }
  .command { flex-direction: column; }
  .command pre { width: 100%; }
  thead th:first-child, tbody th[scope=row] { position: sticky; left: 0; background: var(--paper); }
  .group th span { position: sticky; left: 0; }
}
@media print {
  :root {
    --paper: #fff; --ink: #111; --quiet: #444; --rule: #bbb; --faint: #ddd; --wash: #f5f5f5;
    --s0: #d55e00; --s1: #0072b2; --s2: #00875f; --s3: #b5568c; --s4: #b27a00; --s5: #2b8cc4; --s6: #33383e; --s7: #57606a;
  }
  @page { margin: 16mm 14mm; }
  body { font-size: 10.5pt; }
  .page { max-width: none; padding: 0; }
  section { margin-top: 28px; }
  h2, h3, .about, caption { break-after: avoid; }
  tr, .findings li { break-inside: avoid; }
  table { font-size: 9pt; }
  th, td { padding-top: 5px; padding-bottom: 5px; }
  .sd { font-size: 8pt; }
  thead th { min-width: 0; font-size: 8pt; }
  .dense, .dense thead th, .dense .sd { font-size: 7.5pt; }
  .dense th, .dense td { padding-left: 3px; padding-right: 3px; }
  .scroll { overflow: visible; }
  .cards, .figures { grid-template-columns: 1fr 1fr; gap: 20px 24px; }
  .metric-switch, .command button, .runs, #provenance h3 { display: none !important; }
  .plot svg { min-width: 0; }
}
`;
