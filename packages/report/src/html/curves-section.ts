import type { PageData } from '../page-data/page-data.js';
import { chartPlace } from './chart-place.js';

/** Validation by epoch; empty where nothing was evaluated on the way. */
export function curvesSection({ panels }: PageData): string {
  const drawn = panels.some(({ series }) => series.some(({ runs }) => runs.some(({ epochs }) => epochs.length > 0)));
  if (!drawn) return '';
  return `<section id="curves" aria-labelledby="curves-title">
<h2 id="curves-title">Validation curves</h2>
<p class="about">Bold lines are means over seeds, up to the epoch where the first seed stopped; faint lines are single seeds. A dot marks each seed’s best epoch, the one that is restored and tested.</p>
<fieldset class="legend" data-legend><legend>Lines</legend></fieldset>
${chartPlace('curves')}
</section>`;
}
