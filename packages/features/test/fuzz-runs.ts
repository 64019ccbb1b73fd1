/** How many inputs each property is tried with; `BALANCED_REC_FUZZ_RUNS` names another number for a longer campaign. */
export const FUZZ_RUNS = Number(process.env.BALANCED_REC_FUZZ_RUNS ?? 60);

/** The longest that one input may take: beyond it something hangs. */
export const LONGEST_MS = 60_000;
