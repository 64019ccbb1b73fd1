/** On paper: no switches, everything in its width, nothing torn apart. */
export const printStyle = `
@media print {
  @page { margin: 15mm 13mm; }
  body { font-size: 10pt; -webkit-print-color-adjust: exact; print-color-adjust: exact; }
  .page { max-width: none; padding: 0; }
  h1 { font-size: 20pt; }
  .lead { font-size: 11pt; }
  h2 { font-size: 14pt; }
  h3 { font-size: 11pt; margin-top: 18px; }
  section { margin-top: 26px; }
  h2, h3, .about, .caption, figcaption { break-after: avoid; }
  tr, .findings li, figure { break-inside: avoid; }
  .key-findings { font-size: 12pt; margin-top: 16px; }
  .findings { margin-top: 18px; gap: 16px 24px; grid-template-columns: repeat(4, 1fr); }
  .findings .change { font-size: 18pt; }
  .findings p, .findings .small { font-size: 8.5pt; }
  .findings .evidence { white-space: normal; }
  .scroll, .numbers .scroll { overflow: visible; max-height: none; }
  table { font-size: 8.5pt; }
  th, td { padding: 4px 8px 4px 0; }
  .sd, .dense .sd, thead th, .caption { font-size: 7.5pt; }
  .dense { font-size: 7.5pt; }
  thead th { min-width: 0; }
  thead th:first-child, tbody th[scope=row] { position: static; }
  thead th button::after { content: none; }
  .dense th, .dense td, table.dense:has(.marks) .n { padding-left: 3px; padding-right: 3px; }
  .charts { grid-template-columns: 1fr 1fr; gap: 14px 20px; }
  #curves .charts, #statistics .charts { grid-template-columns: 1fr; }
  .plot svg { width: 100%; }
  .legend input, .toolbar, nav, .command button, .runs, #provenance h3, .numbers:not([open]), details:not([open]) > summary { display: none !important; }
  .legend label:has(input:not(:checked)) { display: none; }
}
`;
