/** Charts, their legends and the numbers behind them. */
export const chartStyle = `
.legend { display: flex; flex-wrap: wrap; gap: 4px 20px; margin: 0 0 14px; padding: 0; border: 0; font-size: 14px; min-width: 0; }
.legend legend { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); padding: 0; }
.legend label { display: inline-flex; align-items: center; gap: 7px; cursor: pointer; }
.legend input { width: 15px; height: 15px; margin: 0; accent-color: var(--link); }
.legend label:has(input:not(:checked)) { color: var(--quiet); }
.legend label:has(input:not(:checked)) svg { opacity: .35; }
.line-key { flex: none; }
.chosen { color: var(--quiet); margin: 0 0 8px; }
.chosen b { color: var(--ink); font-weight: 600; }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 400px), 1fr)); gap: 28px 48px; margin: 0 0 24px; }
figure { margin: 0; min-width: 0; break-inside: avoid; }
figcaption { font-size: 15px; font-weight: 600; overflow-wrap: anywhere; }
.keys { list-style: none; display: flex; flex-wrap: wrap; gap: 2px 18px; margin: 2px 0 0; padding: 0; font-size: 13px; color: var(--quiet); }
.keys li { display: inline-flex; align-items: center; gap: 7px; }
.plot svg { display: block; max-width: 100%; height: auto; overflow: visible; background: none; color: var(--quiet); font-family: inherit; font-size: 12px; font-variant-numeric: tabular-nums; --plot-background: var(--paper); }
.plot svg [aria-label$="tick label"], .plot svg [aria-label$="axis label"] { font-size: 12px; }
.plot svg [aria-label$="axis label"] { fill: var(--ink); }
.plot svg [aria-label=text] { fill: var(--ink); }
.plot svg [aria-label$=grid] { stroke: var(--rule); stroke-opacity: .7; }
.plot svg .tip, .plot svg [aria-label=tip] { color: var(--ink); font-size: 12.5px; }
.numbers { border: 0; padding: 0; margin-top: 4px; }
.numbers .scroll { max-height: 320px; overflow: auto; margin-top: 6px; }
.numbers table { width: auto; min-width: 50%; font-size: 13px; }
.numbers th, .numbers td { padding-top: 3px; padding-bottom: 3px; }
.numbers thead th { position: sticky; top: 0; background: var(--paper); z-index: 2; }
@media (max-width: 640px) { .legend { gap: 8px 16px; } }
`;
