/** A block of commands in the guide, with its output and time as last recorded. */
export interface GuideBlock {
  readonly script: string;
  readonly output: string;
  readonly seconds: string;
}

const block = /^```sh\n([\s\S]*?)^```\n\n(?:```text\n([\s\S]*?)^```\n\n)?_Took ([\d.]+) s\._$/gm;
const recordedOn = /^_Recorded on .*_$/m;

/** @throws Error if a shell block is not followed by its output (if any) and its time */
export function readBlocks(guide: string): GuideBlock[] {
  const blocks = [...guide.matchAll(block)].map(([, script, output = '', seconds]) => ({
    script: script!,
    output,
    seconds: seconds!,
  }));
  const shells = guide.match(/^```sh$/gm)?.length ?? 0;
  if (blocks.length === 0 || blocks.length !== shells)
    throw new Error(`only ${blocks.length} of ${shells} shell blocks are followed by "_Took N s._"`);
  return blocks;
}

/** The guide with its outputs and times replaced, in order, along with the machine they were recorded on. */
export function withRecords(guide: string, records: readonly Omit<GuideBlock, 'script'>[], machine: string): string {
  const next = records.values();
  return guide
    .replace(block, (_whole, script: string) => {
      const { output, seconds } = next.next().value!;
      const printed = output === '' ? '' : `\`\`\`text\n${output}\`\`\`\n\n`;
      return `\`\`\`sh\n${script}\`\`\`\n\n${printed}_Took ${seconds} s._`;
    })
    .replace(recordedOn, () => `_Recorded on ${machine}._`);
}
