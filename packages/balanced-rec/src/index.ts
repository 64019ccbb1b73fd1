export { type ComparisonEvent, comparisonEventSchema } from './events/comparison-event.js';
