import { formatChange, formatCount, formatScore, MISSING } from '../labels/format-number.js';
import { metricLabel } from '../labels/metric-label.js';
import type { Group, PageData } from '../page-data/page-data.js';
import { percentChange } from '../summary/improvement.js';
import { escapeHtml } from './escape-html.js';
import { groupedBy, htmlTable } from './html-table.js';

interface Gain {
  readonly place: string;
  readonly who: string;
  readonly count: number;
  readonly plain: number;
  readonly ckd: number;
}

/** What CKD changes for users by activity and items by popularity; empty where plain and CKD have no groups in common. */
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
    caption: `<strong>Test ${escapeHtml(metricLabel(metric))} by group,</strong> means over seeds. Users are grouped by how many training interactions they have, items by how many have them; the score of items is the share of their test interactions that are found.`,
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

function pairs(place: string, who: string, plain: readonly Group[], ckd: readonly Group[], metric: string): Gain[] {
  return plain.flatMap(({ label, count, values }) => {
    const twin = ckd.find((group) => group.label === label)?.values[metric];
    const own = values[metric];
    return own === undefined || twin === undefined
      ? []
      : [{ place, who: `${who}: ${label}`, count, plain: own, ckd: twin }];
  });
}
