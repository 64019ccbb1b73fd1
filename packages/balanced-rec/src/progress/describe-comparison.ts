import { gigabytes, type JobChoice, type Plan } from '@balanced-rec/eval';
import stringWidth from 'string-width';
import { describeFinding } from '../text/describe-dataset.js';
import { formatSeconds } from '../text/numbers.js';
import { shortenEnd } from '../text/terminal-text.js';
import type { ComparisonProgress } from './comparison-progress.js';

/** A plan's datasets, and the findings about them. */
export function describeDatasets(datasets: Plan['datasets']): string[] {
  return [...datasets.values()].flatMap(({ name, userCount, itemCount, modalities, findings }) => [
    `dataset ${name}: ${userCount} users, ${itemCount} items, modalities ${modalities.join(' + ')}`,
    ...findings.map((finding) => `  ${describeFinding(finding)}`),
  ]);
}

/** The number of runs, and how many at a time, in one line. */
export function describePlan({ runs, variants, phase }: Plan, kept: number, engine: string, choice: JobChoice): string {
  const teachers = runs.filter(({ settings }) => !variants.includes(settings.variant)).length;
  const count = `${phase ? `${phase}: ` : ''}${runs.length} runs on engine ${engine}`;
  return [
    `${count}${teachers ? `, ${teachers} of them teachers` : ''}`,
    ...(kept > 0 ? [`${kept} finished already and kept`] : []),
    ...(kept === runs.length ? [] : [describeJobs(choice)]),
  ].join('; ');
}

/** How many runs at a time, what they need, and what limits their number. */
function describeJobs({ jobs, limit, bytesPerRun, freeBytes }: JobChoice): string {
  if (limit === 'workers') return 'executed by workers';
  const count = `${jobs} at a time${limit === 'gpu' ? ', because they share the GPU (--jobs N allows more)' : ''}`;
  if (bytesPerRun === 0) return count;
  const needs = `a run needs about ${gigabytes(bytesPerRun)} GB of memory, and ${gigabytes(freeBytes)} GB are free`;
  return limit === 'memory' ? `${count}, because ${needs}` : `${count}; ${needs}`;
}

/** The state of the whole comparison in one line of at most `width` columns; the least important parts are dropped first. */
export function footer(progress: ComparisonProgress, width = Number.POSITIVE_INFINITY): string {
  const { done, total, failed, running, secondsSoFar } = progress;
  const left = progress.timeLeft();
  const parts = [
    { rank: 0, text: `${done}/${total} done` },
    ...(failed > 0 ? [{ rank: 1, text: `${failed} FAILED` }] : []),
    { rank: 3, text: `${running.length} running` },
    { rank: 4, text: `${formatSeconds(secondsSoFar)} so far` },
    { rank: 2, text: left ? `${left.sureness} ${formatSeconds(left.seconds)} left` : 'time left unknown' },
  ];
  const line = () => parts.map(({ text }) => text).join(', ');
  while (parts.length > 1 && stringWidth(line()) > width) {
    const least = parts.reduce((a, b) => (b.rank > a.rank ? b : a));
    parts.splice(parts.indexOf(least), 1);
  }
  return shortenEnd(line(), width);
}
