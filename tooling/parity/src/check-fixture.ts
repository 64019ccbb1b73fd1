import { backboneKinds } from './backbone-kinds.js';
import { checkAdjacency } from './check-adjacency.js';
import { checkBackbone } from './check-backbone.js';
import { checkCkd } from './check-ckd.js';
import { checkMetrics } from './check-metrics.js';
import { Comparison, type Quantity } from './comparison.js';
import type { AdjacencyFixture, BackboneFixture, CkdFixture, Fixture, MetricsFixture } from './fixture.js';

/** Compares every quantity of a fixture with ours. Returns undefined for a model that is not supported yet. */
export function checkFixture(fixture: Fixture): readonly Quantity[] | undefined {
  const comparison = new Comparison();
  const anyKind = fixture as unknown;
  const backbone = backboneKinds[fixture.model.replace(/^ckd-/, '')];
  if (fixture.model === 'metrics') checkMetrics(comparison, anyKind as MetricsFixture);
  else if (fixture.model === 'adjacency') checkAdjacency(comparison, anyKind as AdjacencyFixture);
  else if (!backbone) return undefined;
  else if (fixture.model.startsWith('ckd-')) checkCkd(comparison, anyKind as CkdFixture, backbone);
  else checkBackbone(comparison, anyKind as BackboneFixture, backbone);
  return comparison.quantities;
}
