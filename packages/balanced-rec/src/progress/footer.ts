import stringWidth from 'string-width';
import type { ComparisonProgress } from './comparison-progress.js';
import { formatSeconds } from './format-time.js';
import { shortenEnd } from './text-width.js';

/** Where the whole comparison stands, in one line of at most `width` columns; the least important parts give way. */
export function footer(progress: ComparisonProgress, width = Number.POSITIVE_INFINITY): string {
  const { done, total, failed, running, secondsSoFar } = progress;
  const left = progress.timeLeft();
  const parts = [
    { rank: 0, text: `${done}/${total} done` },
    ...(failed > 0 ? [{ rank: 1, text: `${failed} FAILED` }] : []),
    { rank: 3, text: `${running.length} running` },
    { rank: 4, text: `${formatSeconds(secondsSoFar)} so far` },
    { rank: 2, text: left ? `${left.sureness} ${formatSeconds(left.seconds)} left` : 'time left unknown yet' },
  ];
  const line = () => parts.map(({ text }) => text).join(', ');
  while (parts.length > 1 && stringWidth(line()) > width) {
    const least = parts.reduce((a, b) => (b.rank > a.rank ? b : a));
    parts.splice(parts.indexOf(least), 1);
  }
  return shortenEnd(line(), width);
}
