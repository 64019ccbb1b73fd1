import type { Campaign } from './campaign.js';

/** Seconds from the plan to the reports, by every coordinator that there was. */
export async function toTheEnd(campaign: Campaign): Promise<number> {
  const { code } = await campaign.coordinator.ended;
  if (code !== 0)
    throw new Error(`the coordinator ended with ${code}:\n${campaign.coordinator.said.slice(-30).join('\n')}`);
  const { events } = campaign;
  const planned = events.find(({ event }) => event.type === 'planned')!.at;
  return round((events.findLast(({ event }) => event.type === 'reports')!.at - planned) / 1000);
}

export function round(seconds: number): number {
  return Math.round(seconds * 10) / 10;
}
