import type { Backbone } from './backbone.js';
import type { ObservedSet } from './observed-set.js';

/** The view that a model trained on some modalities ranks with: that view itself, unless the backbone says otherwise. */
export function rankingView(backbone: Backbone, trainedOn: ObservedSet): ObservedSet {
  return backbone.rankingView?.(trainedOn) ?? trainedOn;
}
