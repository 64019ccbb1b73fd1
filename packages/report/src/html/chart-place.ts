/** Where the page's script draws charts of a kind. */
export function chartPlace(kind: 'curves' | 'views' | 'weights' | 'contributions' | 'gains' | 'differences'): string {
  return `<div class="charts" data-charts="${kind}"><p class="small">These charts are drawn by the page’s script, which does not run here; the tables are complete without it.</p></div>`;
}
