import { formatChange, formatP, formatScore } from '../labels/format-number.js';
import { backboneLabel, floorOf, isFloorVariant, metricLabel, modalityOf, variantLabel } from '../labels/names.js';
import type { RunRecord } from '../records/run-record.js';
import { isSignificant } from '../statistics/significance.js';
import { describeAgreement, describeImprovement, describeLoss } from '../summary/improvement.js';
import { comparisonOf, type Summary, type SummaryRow } from '../summary/summary.js';
import { findings } from '../tables/findings.js';
import { escapeHtml } from './markup.js';

/** Title, what was compared, the links to the sections, and the findings in words: overall, and for each dataset x backbone. */
export function headerSection(
  title: string,
  records: readonly RunRecord[],
  summary: Summary,
  contents: string,
): string {
  const { metric, tables } = summary;
  const rows = (tables[metric] ?? []).filter(({ backbone }) => !floorOf(backbone));
  const cautions = summary.cautions.map(
    (caution) => `<p class="caution"><strong>Note.</strong> ${escapeHtml(caution)}</p>`,
  );
  const sentences = findings(summary, metric).map((sentence) => `<li>${escapeHtml(sentence)}</li>`);
  const key = sentences.length === 0 ? '' : `<ul class="key-findings">${sentences.join('')}</ul>`;
  return `<header>
<h1>${escapeHtml(title)}</h1>
<p class="lead">${escapeHtml(comparedInWords(records, summary))}</p>
${contents}
${cautions.join('\n')}
${key}
<ul class="findings">${rows.map((row) => finding(summary, row)).join('')}</ul>
</header>`;
}

/** `vbpr and mmgcn on lfm2k: plain training against CKD, alongside models of text and audio alone. 3 seeds, 24 runs; ...` */
function comparedInWords(records: readonly RunRecord[], { variants, seeds }: Summary): string {
  const names = distinct(records.map((record) => record.backbone));
  const backbones = listed(names.filter((name) => !floorOf(name)));
  const floors = listed(names.filter(floorOf).map(backboneLabel));
  const datasets = listed(distinct(records.map((record) => record.dataset.name)));
  const main = variants.filter((variant) => ['plain', 'ckd'].includes(variant));
  const alone = variants.flatMap((variant) => modalityOf(variant) ?? []);
  const others = variants.filter(
    (variant) => !main.includes(variant) && modalityOf(variant) === undefined && !isFloorVariant(variant),
  );
  const trained = [
    ...(main.length === 2
      ? ['plain training against CKD']
      : main.map((variant) => `${variantLabel(variant)} training`)),
    ...others.map((variant) => `“${variantLabel(variant)}”`),
  ];
  const beside =
    alone.length === 0 ? '' : `${trained.length > 0 ? ', alongside ' : ''}models of ${listed(alone)} alone`;
  const runs = `${count(seeds.length, 'seed')}, ${count(records.length, 'run')}`;
  const below = floors === '' ? '' : `, with ${floors} as floors`;
  return `${backbones} on ${datasets}: ${listed(trained)}${beside}${below}. ${runs}; each run is scored on the test split once, at its best validation epoch.`;
}

function finding(summary: Summary, row: SummaryRow): string {
  const { dataset, backbone, cells, improvement } = row;
  const { metric } = summary;
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
  const certainty = [describeAgreement(improvement, metric), certaintyOf(summary, row)].filter(
    (part) => part !== undefined,
  );
  return `<li>${where}<p class="change">${change}</p><p>${escapeHtml(what)}<span class="evidence">${escapeHtml(evidence)}</span></p>${loss ? `<p class="loss">${escapeHtml(loss)}</p>` : ''}${certainty.length > 0 ? `<p class="small">${escapeHtml(certainty.join('; '))}.</p>` : ''}</li>`;
}

/** `significant (adjusted p <0.001)`; undefined if it was not tested. */
function certaintyOf(summary: Summary, row: SummaryRow): string | undefined {
  const tested = comparisonOf(summary, summary.metric, row, 'ckd');
  if (!tested) return undefined;
  return `${isSignificant(tested.adjusted) ? 'significant' : 'not significant'} (adjusted p ${formatP(tested.adjusted)
    .replace(/^(?=\d)/, '= ')
    .replace('<', '< ')})`;
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
