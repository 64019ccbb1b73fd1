import { posix } from 'node:path';
import type { WorkspacePackage } from './packages.js';

/** Cycles among a package's source files, each as `a.ts -> b.ts -> a.ts`; imports of types alone do not count. */
export function importCycles({ sources, imports }: Pick<WorkspacePackage, 'sources' | 'imports'>): string[] {
  const targets = new Map<string, string[]>([...sources.keys()].map((file) => [file, []]));
  for (const { file, specifier, typeOnly } of imports) {
    if (typeOnly || !specifier.startsWith('.')) continue;
    const target = posix.join(posix.dirname(file), specifier).replace(/\.js$/, '.ts');
    if (targets.has(target)) targets.get(file)!.push(target);
  }
  const cycles: string[] = [];
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): void => {
    const start = path.indexOf(file);
    if (start >= 0) cycles.push([...path.slice(start), file].join(' -> '));
    if (start >= 0 || done.has(file)) return;
    for (const target of targets.get(file)!) visit(target, [...path, file]);
    done.add(file);
  };
  for (const file of targets.keys()) visit(file, []);
  return cycles;
}
