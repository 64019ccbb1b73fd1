/** What can be measured in a separate process, imported only there. */
export const measurements = {
  rawLog: async () => (await import('./generate-raw-log.js')).generateRawLog,
  preparing: async () => (await import('./measure-preparing.js')).measurePreparing,
  graph: async () => (await import('./measure-graph.js')).measureGraph,
  training: async () => (await import('./measure-training.js')).measureTraining,
  synthesis: async () => (await import('./measure-synthesis.js')).measureSynthesis,
  reading: async () => (await import('./measure-reading.js')).measureReading,
  evaluation: async () => (await import('./measure-evaluation.js')).measureEvaluation,
} as const;

export type MeasurementName = keyof typeof measurements;

type Measure<Name extends MeasurementName> = Awaited<ReturnType<(typeof measurements)[Name]>>;

export type TaskOf<Name extends MeasurementName> = Parameters<Measure<Name>>[0];

export type MeasurementOf<Name extends MeasurementName> = Awaited<ReturnType<Measure<Name>>>;
