import type { Finding } from '../dataset/dataset.js';
import type { Diagnosis } from '../diagnosis/diagnose-dataset.js';
import type { FeatureMeasures } from '../diagnosis/measure-features.js';
import type { NearDuplicateMeasures } from '../diagnosis/near-duplicates/measure-near-duplicates.js';
import type { ModalityProbe } from '../diagnosis/probe/probe-modality.js';
import { countOf } from '../problems/wording.js';

/** With fewer users than this, a weak modality cannot be distinguished from chance. */
const ENOUGH_USERS = 100;
/** How many standard errors above chance still count as chance level. */
const LEVEL = 1.5;
/** Near-duplicate leaks below this share of a split do not deserve a warning. */
const MANY_LEAKS = 0.01;

/** Finds the measurements of a dataset that deserve attention, beyond what was found while reading it. */
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
      message: `${columns(faultyColumns.constant)} of the ${modality} features with the same value for every item; they carry no information`,
      count: faultyColumns.constant,
    },
    {
      code: 'features/duplicate-columns',
      severity: 'note',
      message: `${columns(faultyColumns.duplicate)} of the ${modality} features identical to an earlier column; their information counts twice`,
      count: faultyColumns.duplicate,
    },
    {
      code: 'features/fallbacks',
      severity: 'note',
      message: `${countOf(fallbacks, 'item')} with fallback ${modality} features, because they could not be encoded`,
      count: fallbacks,
    },
  ];
}

/** Only items nearly identical in all modalities count as the same thing: two films may well share a poster. */
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
      message: `${countOf(items, 'item')} nearly identical to another in ${inAll}; they may be one item with two ids`,
      count: items,
    },
    {
      code: 'interactions/near-leakage',
      severity: isMuch ? 'warning' : 'note',
      message:
        `${countOf(leaks.validation + leaks.test, 'validation or test interaction')} with an item nearly identical in ${inAll} ` +
        "to one in the user's training split; a model has practically seen the item already",
      count: leaks.validation + leaks.test,
    },
  ];
}

function probeFindings({ modality, neighbours, linear }: ModalityProbe, users: number): Finding[] {
  // A weak modality is not a fault. Only one at about chance level may have its rows mixed up.
  const isSilent = [neighbours, linear].every(({ advantage }) => advantage.mean <= LEVEL * advantage.error);
  return [
    {
      code: 'features/no-signal',
      severity: 'warning',
      message: `the ${modality} features predict the choices of ${countOf(users, 'test user')} no better than shuffled features do; check that row n belongs to item n`,
      count: isSilent ? users : 0,
    },
  ];
}
