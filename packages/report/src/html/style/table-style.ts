/** Tables: ruled, numbers aligned, the first column in sight while the rest scrolls. */
export const tableStyle = `
.table { margin: 0 0 28px; }
.caption { color: var(--quiet); font-size: 14px; max-width: 92ch; margin: 0 0 10px; overflow-wrap: anywhere; }
.caption strong { color: var(--ink); font-weight: 600; }
.scroll { overflow-x: auto; }
caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
table { border-collapse: separate; border-spacing: 0; width: 100%; font-size: 15px; line-height: 1.4; font-variant-numeric: tabular-nums; position: relative; }
th, td { text-align: left; padding: 6px 14px 6px 0; white-space: nowrap; font-weight: 400; }
th:not(:first-child), td { padding-left: 10px; }
th:last-child, td:last-child { padding-right: 2px; }
thead th { font-size: 13px; line-height: 1.35; color: var(--quiet); font-weight: 600; border-top: 2px solid var(--ink); border-bottom: 1px solid var(--quiet); vertical-align: bottom; white-space: normal; min-width: 76px; }
thead th button { border: 0; background: none; padding: 0; text-align: inherit; font-weight: inherit; line-height: inherit; }
thead th button::after { content: "\\a0↕"; opacity: .55; font-weight: 400; }
thead th[aria-sort] { color: var(--ink); }
thead th[aria-sort=ascending] button::after { content: "\\a0↑"; opacity: 1; }
thead th[aria-sort=descending] button::after { content: "\\a0↓"; opacity: 1; }
thead th button:hover { color: var(--ink); text-decoration: underline; text-underline-offset: 3px; }
tbody tr + tr > * { border-top: 1px solid var(--faint); }
tbody .group th { font-weight: 600; padding: 14px 0 4px; }
tbody .group + tr > * { border-top: 0; }
tbody:not(:first-of-type) .group th { border-top: 1px solid var(--rule); }
tbody:last-child tr:last-child > * { border-bottom: 2px solid var(--ink); }
.group ~ tr th[scope=row] { padding-left: 14px; }
thead th:first-child, tbody th[scope=row] { position: sticky; left: 0; z-index: 1; background: var(--paper); }
.group th span { position: sticky; left: 0; }
tbody tr:not(.group):hover > * { background: var(--wash); }
.n { text-align: right; }
.sd { color: var(--quiet); font-size: 13px; }
.dense .sd { display: block; font-size: 12px; }
.dense { font-size: 14px; }
.marks { position: absolute; left: calc(100% - 24px); color: var(--link); font-weight: 600; }
table:has(.marks) .n { position: relative; padding-right: 26px; }
td strong { font-weight: 700; }
td b { font-weight: 600; }
@media (max-width: 640px) {
  .sd { display: block; font-size: 12px; }
  table { font-size: 14px; }
  thead th { min-width: 66px; }
  thead th:first-child, tbody th[scope=row] { max-width: 38vw; white-space: normal; overflow-wrap: break-word; }
}
`;
