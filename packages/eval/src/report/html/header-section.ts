import { formatChange, formatScore } from '../format-number.js';
import { describeAgreement, describeImprovement, describeLoss } from '../improvement.js';
import { metricLabel } from '../metric-label.js';
import type { RunRecord } from '../run-record.js';
import type { Summary, SummaryRow } from '../summary.js';
import { modalityOf, variantLabel } from '../variant-order.js';
import { escapeHtml } from './escape-html.js';

/** Title, what was compared, and the finding of each dataset x backbone in words. */
export function headerSection(title: string, records: readonly RunRecord[], summary: Summary): string {
  const rows = summary.tables[summary.metric] ?? [];
  const cautions = summary.cautions.map(
    (caution) => `<p class="caution"><strong>Note.</strong> ${escapeHtml(caution)}</p>`,
  );
  return `<header>
<h1>${escapeHtml(title)}</h1>
<p class="lead">${escapeHtml(comparedInWords(records, summary))}</p>
${cautions.join('\n')}
<ul class="findings">${rows.map((row) => finding(row, summary.metric)).join('')}</ul>
</header>`;
}

/** `vbpr and mmgcn on lfm2k: plain training against CKD, with 2 uni-modal models; 3 seeds, 24 runs.` */
export function comparedInWords(records: readonly RunRecord[], { variants, seeds }: Summary): string {
  const backbones = listed(distinct(records.map((record) => record.backbone)));
  const datasets = listed(distinct(records.map((record) => record.dataset.name)));
  const main = variants.filter((variant) => ['plain', 'ckd'].includes(variant));
  const alone = variants.flatMap((variant) => modalityOf(variant) ?? []);
  const others = variants.filter((variant) => !main.includes(variant) && modalityOf(variant) === undefined);
  const trained = [
    ...(main.length === 2
      ? ['plain training against CKD']
      : main.map((variant) => `${variantLabel(variant)} training`)),
    ...others.map((variant) => `“${variantLabel(variant)}”`),
  ];
  const beside = alone.length === 0 ? '' : `${trained.length > 0 ? ', beside ' : ''}models of ${listed(alone)} alone`;
  const runs = `${count(seeds.length, 'seed')}, ${count(records.length, 'run')}`;
  return `${backbones} on ${datasets}: ${listed(trained)}${beside}. ${runs}; each run is scored on the test split once, at its best validation epoch.`;
}

function finding({ dataset, backbone, cells, improvement }: SummaryRow, metric: string): string {
  const where = `<p class="where">${escapeHtml(dataset)} <span aria-hidden="true">·</span> ${escapeHtml(backbone)}</p>`;
  if (!improvement || improvement.percent === null) {
    const [variant, cell] = Object.entries(cells).sort(([, a], [, b]) => b.mean - a.mean)[0] ?? [];
    if (!variant || !cell)
      return `<li>${where}<p class="change">–</p><p>No run measured ${escapeHtml(metricLabel(metric))}.</p></li>`;
    const text = `${metricLabel(metric)} of ${variantLabel(variant)}; plain and CKD were not both run.`;
    return `<li>${where}<p class="change">${formatScore(cell.mean)}</p><p>${escapeHtml(text)}</p></li>`;
  }
  const change = formatChange(improvement.percent);
  const [, what = '', evidence = ''] = /^\S+ (.*?)(\([^()]*\))$/.exec(describeImprovement(improvement, metric)) ?? [];
  const loss = describeLoss(improvement, metric);
  const agreement = describeAgreement(improvement, metric);
  return `<li>${where}<p class="change">${change}</p><p>${escapeHtml(what)}<span class="evidence">${escapeHtml(evidence)}</span></p>${loss ? `<p class="loss">${escapeHtml(loss)}</p>` : ''}${agreement ? `<p class="small">${escapeHtml(agreement)}.</p>` : ''}</li>`;
}

function listed(words: readonly string[]): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

function distinct(words: readonly string[]): string[] {
  return [...new Set(words)].sort();
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
