import { posix } from 'node:path';
import type { Import, WorkspacePackage } from './packages.js';

/** For each importer, what it imports, with one import statement as evidence. */
type Graph = ReadonlyMap<string, ReadonlyMap<string, Import>>;
type ResolvedImport = readonly [from: string, to: string, shownBy: Import];

/**
 * Finds what is wrong with the imports inside a package, including type imports: cycles between files, cycles between folders, and
 * entries imported by something other than an entry. Each cycle is reported with one import per arrow.
 */
export function circleFaults(workspacePackage: WorkspacePackage): string[] {
  const { name } = workspacePackage;
  const imports = ownImports(workspacePackage);
  const tops = new Set(workspacePackage.entries.filter((file) => posix.dirname(file) === 'src'));
  const ofEntries = imports.filter(([from, to]) => tops.has(to) && !tops.has(from));
  const betweenFolders = imports
    .filter(([from, to]) => !tops.has(from) && !tops.has(to))
    .map(([from, to, shownBy]): ResolvedImport => [posix.dirname(from), posix.dirname(to), shownBy])
    .filter(([from, to]) => from !== to);
  return [
    ...circles(graphOf(imports)).map((circle) => describe(name, 'files', circle)),
    ...circles(graphOf(betweenFolders)).map((circle) => describe(name, 'folders', circle)),
    ...ofEntries.map(([, to, { file }]) => `packages/${name}: ${file} imports ${to}, an entry of the package`),
  ];
}

/** The imports from one file of the package to another. */
function ownImports({ imports, sources, manifest }: WorkspacePackage): ResolvedImport[] {
  return imports.flatMap((shownBy) => {
    const { file, specifier } = shownBy;
    const targets = specifier.startsWith('.')
      ? [posix.join(posix.dirname(file), specifier)]
      : Object.values(manifest.imports?.[specifier] ?? {}).map((target) => posix.normalize(target));
    return targets
      .map((target) => target.replace(/\.js$/, '.ts'))
      .filter((target) => sources.has(target))
      .map((target): ResolvedImport => [file, target, shownBy]);
  });
}

function graphOf(imports: readonly ResolvedImport[]): Graph {
  const graph = new Map<string, Map<string, Import>>();
  for (const [from, to, shownBy] of imports) {
    const arrows = graph.get(from) ?? new Map<string, Import>();
    graph.set(from, arrows);
    if (!arrows.has(to)) arrows.set(to, shownBy);
  }
  return graph;
}

/** Cycles as lists of arrows. Not every cycle: a shortest one through each node that is not in a cycle found earlier. */
function circles(graph: Graph): ResolvedImport[][] {
  const found: ResolvedImport[][] = [];
  const told = new Set<string>();
  for (const node of graph.keys()) {
    const circle = told.has(node) ? undefined : shortestCircle(graph, node);
    if (!circle) continue;
    found.push(circle);
    for (const [from] of circle) told.add(from);
  }
  return found;
}

/** The shortest path from a node back to itself. */
function shortestCircle(graph: Graph, start: string): ResolvedImport[] | undefined {
  const reached = new Set<string>();
  let paths: ResolvedImport[][] = [[]];
  while (paths.length > 0) {
    const longer: ResolvedImport[][] = [];
    for (const path of paths) {
      const from = path.at(-1)?.[1] ?? start;
      for (const [to, shownBy] of graph.get(from) ?? []) {
        if (to === start) return [...path, [from, to, shownBy]];
        if (reached.has(to)) continue;
        reached.add(to);
        longer.push([...path, [from, to, shownBy]]);
      }
    }
    paths = longer;
  }
  return undefined;
}

function describe(name: string, nodes: 'files' | 'folders', circle: readonly ResolvedImport[]): string {
  const lines = circle.map(
    ([from, to, { file, specifier }]) =>
      `  ${from} -> ${to}: ${nodes === 'folders' ? `${file} ` : ''}imports ${specifier}`,
  );
  return [`packages/${name}: an import cycle between ${nodes}`, ...lines].join('\n');
}
