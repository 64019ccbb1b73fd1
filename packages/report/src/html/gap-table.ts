import { formatScore, MISSING } from '../labels/format-number.js';
import { metricLabel } from '../labels/metric-label.js';
import { compareVariants, variantLabel } from '../labels/variant-order.js';
import type { ViewGap } from '../summary/view-gap.js';
import { escapeHtml } from './escape-html.js';
import { groupedBy, htmlTable } from './html-table.js';

/** How far each modality's view stays behind its teacher, by one validation metric. */
export function gapTable(gaps: readonly ViewGap[], metric: string): string {
  const variants = [...new Set(gaps.map((gap) => gap.variant))].sort(compareVariants);
  const label = metricLabel(metric);
  const places = groupedBy(gaps, (gap) => `${gap.dataset} · ${gap.backbone}`);
  return htmlTable({
    caption: `<strong>Gap to the teacher in validation ${escapeHtml(label)}.</strong> The teacher’s best minus the view’s score at the restored epoch, means over seeds. Smaller is better balanced; a negative gap means that the view is ahead.`,
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
