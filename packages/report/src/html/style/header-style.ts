/** The page's head: what was compared, links, findings; and the switches that stay in sight. */
export const headerStyle = `
.lead { font-size: 17px; color: var(--quiet); max-width: 76ch; overflow-wrap: anywhere; }
nav ul { list-style: none; display: flex; flex-wrap: wrap; gap: 4px 20px; margin: 20px 0 0; padding: 0; font-size: 15px; }
.caution { border-left: 3px solid var(--s0); padding: 2px 0 2px 14px; max-width: 76ch; margin: 20px 0 0; }
.key-findings { margin: 30px 0 0; padding: 0; list-style: none; max-width: 68ch; font-size: 19px; line-height: 1.5; overflow-wrap: anywhere; }
.key-findings li + li { margin-top: 6px; font-size: 16px; color: var(--quiet); }
.findings {
  list-style: none; margin: 34px 0 0; padding: 0; display: grid; gap: 30px 40px;
  grid-template-columns: repeat(auto-fill, minmax(min(100%, 220px), 1fr));
}
.findings li { border-top: 2px solid var(--ink); padding-top: 10px; min-width: 0; }
.findings p { margin: 0; font-size: 15px; line-height: 1.45; }
.findings .where { font-weight: 600; overflow-wrap: anywhere; }
.findings .change { font-size: 34px; line-height: 1.25; font-weight: 600; letter-spacing: -.015em; font-variant-numeric: tabular-nums; }
.findings .evidence { white-space: nowrap; color: var(--quiet); }
.findings .loss { font-weight: 600; }
.findings .small { font-size: 13px; margin-top: 2px; }
.toolbar {
  position: sticky; top: 0; z-index: 3; display: flex; flex-wrap: wrap; gap: 8px 24px; margin: 40px 0 -32px; padding: 10px 0;
  background: var(--paper); border-bottom: 1px solid var(--rule);
}
.toolbar label { display: inline-flex; align-items: center; gap: 8px; color: var(--quiet); font-size: 14px; min-width: 0; }
.toolbar select { color: var(--ink); min-width: 0; }
@media (max-width: 640px) {
  .lead { font-size: 16px; }
  .key-findings { font-size: 17px; margin-top: 24px; }
  .findings { gap: 24px; margin-top: 28px; }
  .toolbar { flex-wrap: nowrap; gap: 8px; }
  .toolbar label { flex: 1 1 0; flex-direction: column; align-items: stretch; gap: 2px; font-size: 12px; }
  .toolbar select { width: 100%; font-size: 14px; padding: 5px 4px; }
}
`;
