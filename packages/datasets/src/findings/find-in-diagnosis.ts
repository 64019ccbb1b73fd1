import type { Finding } from '../dataset/dataset.js';
import type { Diagnosis } from '../diagnosis/diagnose-dataset.js';
import type { FeatureMeasures } from '../diagnosis/measure-features.js';
import type { NearDuplicateMeasures } from '../diagnosis/near-duplicates/measure-near-duplicates.js';
import type { ModalityProbe } from '../diagnosis/probe/probe-modality.js';
import { countOf } from '../problems/wording.js';

/** With fewer users than this, chance is not told from a weak modality. */
const ENOUGH_USERS = 100;
/** Standard errors above chance within which a modality counts as level with it. */
const LEVEL = 1.5;
/** Leaks of near-duplicates below this share of a split are curiosities. */
const MANY_LEAKS = 0.01;

/** What deserves attention among a dataset's measurements, beyond what reading it found. */
export function findInDiagnosis(diagnosis: Diagnosis): Finding[] {
  const { features, nearDuplicates, probe } = diagnosis;
  const findings = [
    ...Object.entries(features).flatMap(([modality, measures]) => featureFindings(modality, measures)),
    ...nearDuplicates.found.flatMap((measures) => nearDuplicateFindings(measures, diagnosis)),
    ...('modalities' in probe && probe.users >= ENOUGH_USERS
      ? probe.modalities.flatMap((modality) => probeFindings(modality, probe.users))
      : []),
  ];
  return findings.filter(({ count }) => count > 0);
}

function featureFindings(modality: string, { faultyColumns, fallbacks = 0 }: FeatureMeasures): Finding[] {
  const columns = (count: number) => countOf(count, 'column');
  return [
    {
      code: 'features/constant-columns',
      severity: 'note',
      message: `${columns(faultyColumns.constant)} of the ${modality} features with the same value for every item; they say nothing`,
      count: faultyColumns.constant,
    },
    {
      code: 'features/duplicate-columns',
      severity: 'note',
      message: `${columns(faultyColumns.duplicate)} of the ${modality} features equal to an earlier column; what they say counts twice`,
      count: faultyColumns.duplicate,
    },
    {
      code: 'features/fallbacks',
      severity: 'note',
      message: `${countOf(fallbacks, 'item')} with a stand-in as ${modality} features, because they could not be encoded`,
      count: fallbacks,
    },
  ];
}

/** Only what is nearly the same in all modalities is taken for the same thing: two films may well share a poster. */
function nearDuplicateFindings(
  { modalities, items, leaks }: NearDuplicateMeasures,
  { features, validation, test }: Diagnosis,
): Finding[] {
  if (modalities.length < Object.keys(features).length) return [];
  const isMuch = leaks.validation + leaks.test > MANY_LEAKS * (validation.interactions + test.interactions);
  const inAll = modalities.length > 1 ? 'all modalities' : modalities[0];
  return [
    {
      code: 'items/near-duplicates',
      severity: 'note',
      message: `${countOf(items, 'item')} nearly the same as another in ${inAll}; they may be one thing with two ids`,
      count: items,
    },
    {
      code: 'interactions/near-leakage',
      severity: isMuch ? 'warning' : 'note',
      message:
        `${countOf(leaks.validation + leaks.test, 'interaction')} of validation and test with an item that is nearly the same in ${inAll} ` +
        "as one in its user's training; whoever knows the one has as good as seen the other",
      count: leaks.validation + leaks.test,
    },
  ];
}

function probeFindings({ modality, neighbours, linear }: ModalityProbe, users: number): Finding[] {
  // A weak modality is no fault: only one that is about level with chance may have its rows mixed up.
  const isSilent = [neighbours, linear].every(({ advantage }) => advantage.mean <= LEVEL * advantage.error);
  return [
    {
      code: 'features/no-signal',
      severity: 'warning',
      message: `the ${modality} features find no more of what ${countOf(users, 'test user')} chose than shuffled ones; check that row n belongs to item n`,
      count: isSilent ? users : 0,
    },
  ];
}
