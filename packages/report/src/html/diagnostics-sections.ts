import type { PageData, Series } from '../page-data/page-data.js';
import type { Summary } from '../summary/summary.js';
import { gainsTable, gapTable } from './diagnostics-tables.js';
import { chartPlace, metricBlocks } from './markup.js';

/** Validation by epoch; empty if no run was evaluated during training. */
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

/** How balanced the modalities are: views against teachers, weights, contributions to the margin, and who gains; empty if nothing applies. */
export function diagnosticsSection(data: PageData, summary: Summary): string {
  const has = (what: (series: Series) => unknown) => data.panels.some(({ series }) => series.some(what));
  const parts = [
    ...(has(({ views, variant }) => Object.keys(views).some((modality) => variant !== `only:${modality}`))
      ? [viewsPart(summary)]
      : []),
    ...(has(({ weights }) => Object.keys(weights).length > 0) ? [WEIGHTS] : []),
    ...(has(({ contributions }) => contributions) ? [CONTRIBUTIONS] : []),
    ...gainsPart(data, summary),
  ];
  if (parts.length === 0) return '';
  return `<section id="diagnostics" aria-labelledby="diagnostics-title">
<h2 id="diagnostics-title">Modality imbalance</h2>
<p class="chosen">Charts of <b class="place"></b></p>
<fieldset class="legend" data-legend><legend>Models</legend></fieldset>
${parts.join('\n')}
</section>`;
}

function viewsPart(summary: Summary): string {
  const tables = metricBlocks(summary, (metric) => {
    const gaps = summary.gaps[metric];
    return gaps ? gapTable(gaps, metric) : '';
  });
  return `<h3 id="views">Views against their teachers</h3>
<p class="about">How well a multimodal model ranks on validation when it sees only one modality, by epoch. The dashed line is its teacher: the best score so far of a model trained on that modality alone. The shaded gap is what the multimodal model leaves unlearned.</p>
${chartPlace('views')}
${tables}`;
}

const WEIGHTS = `<h3 id="weights">Counterfactual weights</h3>
<p class="about">How CKD weighs each modality’s distillation over training. The solid line is the median over the triples of an epoch’s last step, the bands cover the middle half and the middle 90%, and the dashed line is the mean over the epoch. At 1, all modalities have equal weight; the modality that contributes less to the joint score gets more.</p>
${chartPlace('weights')}`;

const CONTRIBUTIONS = `<h3 id="contributions">Contributions to the margin</h3>
<p class="about">What each modality adds to the margin between an item that the user chose and one that they did not: the joint margin minus the margin without the modality, on validation. The further apart the lines, the more the model leans on one modality.</p>
${chartPlace('contributions')}`;

function gainsPart(data: PageData, summary: Summary): string[] {
  const table = gainsTable(data, summary.metric);
  if (table === '') return [];
  return [
    `<h3 id="gains">Who gains</h3>
<p class="about">The difference from plain training for users by their activity, and for items by their popularity.</p>
${chartPlace('gains')}
<details class="fold"><summary>The numbers for all datasets and backbones</summary>${table}</details>`,
  ];
}
