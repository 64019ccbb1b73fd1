import type { Choice } from './choice.js';

/** Lets the tables of all metrics take turns in one place; without this script those of other metrics are read in folds. */
export function setUpMetricBlocks(choice: Choice): void {
  for (const fold of document.querySelectorAll('.other-metrics'))
    fold.replaceWith(...fold.querySelectorAll('[data-metric]'));
  const show = () => {
    for (const block of document.querySelectorAll<HTMLElement>('[data-metric]'))
      block.hidden = block.dataset.metric !== choice.metric;
  };
  choice.onChange(show);
  show();
}
