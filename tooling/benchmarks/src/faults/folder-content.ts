import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Digests of a folder's files by name, ignoring what may differ between equal results (times, dates, checksums over them). */
export function contentOf(folder: string): Map<string, string> {
  const content = new Map<string, string>();
  for (const name of filesBelow(folder)) {
    if (name.includes('.damaged-')) continue;
    content.set(name, digestOf(name, readFileSync(join(folder, name))));
  }
  return content;
}

/** Sorted names of all files below a folder; empty if it does not exist. */
export function filesBelow(folder: string): string[] {
  try {
    const names = readdirSync(folder, { recursive: true }) as string[];
    return names.filter((name) => statSync(join(folder, name)).isFile()).sort();
  } catch {
    return [];
  }
}

/** The names of the files that differ between two contents. */
export function differences(one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): string[] {
  return [...new Set([...one.keys(), ...other.keys()])].filter((name) => one.get(name) !== other.get(name));
}

function digestOf(name: string, bytes: Buffer): string {
  // It contains costs, which vary, and its tables are the same as in the summary.
  if (name === 'report.html') return 'report';
  const text = name.endsWith('.json') ? JSON.stringify(JSON.parse(bytes.toString('utf8')), withoutTimes) : bytes;
  return createHash('sha256').update(text).digest('hex');
}

function withoutTimes(key: string, value: unknown): unknown {
  return ['times', 'sha256', 'date', 'seconds'].includes(key) ? undefined : value;
}
