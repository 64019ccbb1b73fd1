import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { filesBelow } from '@balanced-rec/tiny-data';

/** The files that a comparison left in its folder, without what may differ: times, and the folder's own name. */
export async function resultOf(folder: string): Promise<Map<string, string>> {
  const result = new Map<string, string>();
  for (const name of filesBelow(folder)) {
    const bytes = await readFile(join(folder, name));
    if (name.endsWith('.safetensors')) result.set(name, bytes.toString('base64'));
    else result.set(name, withoutTimes(name, bytes.toString('utf8')).replaceAll(folder, 'OUT'));
  }
  return result;
}

function withoutTimes(name: string, text: string): string {
  if (/^runs\/.*\.json$/.test(name))
    return JSON.stringify({ ...JSON.parse(text), times: undefined, sha256: undefined });
  return name === 'report.html' ? text.replace(/<section id="cost".*?<\/section>/s, '') : text;
}
