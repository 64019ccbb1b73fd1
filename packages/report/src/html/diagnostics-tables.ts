import { formatChange, formatCount, formatScore, MISSING } from '../labels/format-number.js';
import { compareVariants, metricLabel, variantLabel } from '../labels/names.js';
import type { Group, PageData } from '../page-data/page-data.js';
import { percentChange } from '../summary/improvement.js';
import type { ViewGap } from '../summary/view-gap.js';
import { groupedBy, htmlTable } from './html-table.js';
import { escapeHtml } from './markup.js';

/** How far each modality's view falls behind its teacher, by one validation metric. */
export function gapTable(gaps: readonly ViewGap[], metric: string): string {
  const variants = [...new Set(gaps.map((gap) => gap.variant))].sort(compareVariants);
  const label = metricLabel(metric);
  const places = groupedBy(gaps, (gap) => `${gap.dataset} · ${gap.backbone}`);
  return htmlTable({
    caption: `<strong>Gap to the teacher in validation ${escapeHtml(label)}.</strong> The teacher’s best score minus the view’s score at the restored epoch, means over seeds. A smaller gap means better balance; a negative gap means that the view is ahead.`,
    label: `Gap to the teacher in validation ${label}`,
    dense: variants.length > 3,
    columns: [
      { label: 'Modality', numeric: false },
      { label: 'Teacher', numeric: true },
      ...variants.map((variant) => ({ label: variantLabel(variant), numeric: true })),
    ],
    groups: places.map(({ heading, rows }) => ({
      heading,
      rows: [...new Set(rows.map((row) => row.modality))].map((modality) => {
        const here = rows.filter((row) => row.modality === modality);
        return [
          escapeHtml(modality),
          formatScore(here[0]!.teacher),
          ...variants.map((variant) => {
            const gap = here.find((row) => row.variant === variant);
            if (!gap) return MISSING;
            return `<b>${formatScore(gap.gap)}</b> <span class="sd">view ${formatScore(gap.view)}</span>`;
          }),
        ];
      }),
    })),
  });
}

/** What CKD changes for users by activity and items by popularity; empty if plain and CKD have no groups in common. */
export function gainsTable({ panels }: PageData, metric: string): string {
  const gains = panels.flatMap(({ dataset, backbone, series }) => {
    const plain = series.find(({ variant }) => variant === 'plain');
    const ckd = series.find(({ variant }) => variant === 'ckd');
    if (!plain || !ckd) return [];
    const place = `${dataset} · ${backbone}`;
    return [
      ...pairs(place, 'users', plain.users, ckd.users, metric),
      ...pairs(place, 'items', plain.items, ckd.items, metric),
    ];
  });
  if (gains.length === 0) return '';
  return htmlTable({
    caption: `<strong>Test ${escapeHtml(metricLabel(metric))} by group,</strong> means over seeds. Users and items are grouped by their number of training interactions; an item group’s score is the share of its test interactions that are found.`,
    label: `Who gains, by ${metricLabel(metric)}`,
    columns: [
      { label: 'Training interactions of', numeric: false },
      ...['Users, test interactions', 'plain', 'CKD', 'Change'].map((label) => ({ label, numeric: true })),
    ],
    groups: groupedBy(gains, ({ place }) => place).map(({ heading, rows }) => ({
      heading,
      rows: rows.map(({ who, count, plain, ckd }) => {
        const percent = percentChange(plain, ckd);
        const change = percent === null ? MISSING : formatChange(percent);
        return [escapeHtml(who), formatCount(count), formatScore(plain), formatScore(ckd), `<b>${change}</b>`];
      }),
    })),
  });
}

/** A group's score under plain and CKD. */
interface Gain {
  readonly place: string;
  readonly who: string;
  readonly count: number;
  readonly plain: number;
  readonly ckd: number;
}

function pairs(place: string, who: string, plain: readonly Group[], ckd: readonly Group[], metric: string): Gain[] {
  return plain.flatMap(({ label, count, values }) => {
    const twin = ckd.find((group) => group.label === label)?.values[metric];
    const own = values[metric];
    return own === undefined || twin === undefined
      ? []
      : [{ place, who: `${who}: ${label}`, count, plain: own, ckd: twin }];
  });
}
