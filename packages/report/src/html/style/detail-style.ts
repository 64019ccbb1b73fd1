/** Folds, the list of seeds, the command and the configurations. */
export const detailStyle = `
details { font-size: 14px; }
summary { cursor: pointer; padding: 3px 0; overflow-wrap: anywhere; color: var(--quiet); width: fit-content; max-width: 100%; }
summary:hover { color: var(--ink); }
summary .small { margin-left: 8px; }
details pre { margin: 8px 0; }
.fold { margin: -8px 0 12px; }
.fold .table { margin-top: 12px; }
.other-metrics { margin-top: 20px; }
.other-metrics > summary { margin-bottom: 16px; }
.per-seed { margin: 6px 0 12px; padding: 0; list-style: none; color: var(--quiet); font-variant-numeric: tabular-nums; }
.per-seed li { padding: 2px 0; }
.per-seed .where { color: var(--ink); margin-right: 6px; overflow-wrap: anywhere; }
.per-seed b { font-weight: 600; color: var(--ink); }
.command { display: flex; gap: 12px; align-items: flex-start; background: var(--wash); border: 1px solid var(--rule); border-radius: 6px; padding: 10px 12px; margin: 0 0 28px; }
.command pre { flex: 1; margin: 0; min-width: 0; background: none; padding: 3px 0; }
.command button { flex: none; font-size: 13px; padding: 3px 12px; border: 1px solid var(--quiet); border-radius: 5px; background: var(--paper); min-width: 76px; }
.runs details { border-top: 1px solid var(--faint); padding: 5px 0; }
.runs details:last-child { border-bottom: 1px solid var(--faint); }
.runs summary { color: var(--ink); }
@media (max-width: 640px) {
  .command { flex-direction: column; }
  .command pre { width: 100%; }
}
`;
