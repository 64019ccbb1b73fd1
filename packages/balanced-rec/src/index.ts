export { type ComparisonEvent, comparisonEventSchema, type EventError } from './events/comparison-event.js';
