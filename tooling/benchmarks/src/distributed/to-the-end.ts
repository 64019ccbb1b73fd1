import type { Campaign } from './campaign.js';

/** Waits for the comparison to end. @returns seconds from the first plan to the last reports, across all coordinators */
export async function toTheEnd(campaign: Campaign): Promise<number> {
  const { code } = await campaign.coordinator.ended;
  if (code !== 0)
    throw new Error(`the coordinator exited with ${code}:\n${campaign.coordinator.said.slice(-30).join('\n')}`);
  const { events } = campaign;
  const planned = events.find(({ event }) => event.type === 'planned')!.at;
  return round((events.findLast(({ event }) => event.type === 'reports')!.at - planned) / 1000);
}

export function round(seconds: number): number {
  return Math.round(seconds * 10) / 10;
}
