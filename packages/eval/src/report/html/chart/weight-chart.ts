import type { ChartKit, ChartRequest, ChartSpec } from './chart-kit.js';

/** The mean counterfactual weight of each modality by epoch; 1 is an equal share, the weak modality gets more. */
export function weightChart(kit: ChartKit, { panel, hidden }: ChartRequest): ChartSpec {
  const weighted = panel.series.filter((series) => Object.keys(series.weights).length > 0);
  const source = weighted.find((series) => series.variant === 'ckd') ?? weighted[0];
  const modalities = Object.keys(source?.weights ?? {}).sort();
  const slots = [2, 3, 6];
  const dashes = ['', '9 3 2 3', '5 2'];
  const lines = modalities.flatMap((modality, at) => {
    const runs = source?.weights[modality] ?? [];
    if (hidden.includes(modality)) return [];
    const mean = kit.meanLine(runs);
    const style = { slot: slots[at % 3] ?? 6, dash: dashes[at % 3] ?? '' };
    return [{ name: modality, ...style, mean, runs: runs.length > 1 ? runs : [], marks: [] }];
  });
  const spoken = lines.map(({ name, mean }) => `${name} ends at ${(mean[mean.length - 1]?.[1] ?? 1).toFixed(2)}`);
  return {
    label: `${panel.title}: mean modality weight of ${source?.label ?? 'CKD'} by epoch; ${spoken.join(', ')}.`,
    xLabel: 'epoch',
    yLabel: `mean weight in ${source?.label ?? 'CKD'}`,
    lines,
    references: [{ y: 1, label: 'equal share', slot: 7 }],
    bands: [],
  };
}
