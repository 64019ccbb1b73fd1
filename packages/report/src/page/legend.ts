import type { Series } from '../page-data/page-data.js';
import { element, lineKey } from './element.js';

/** A variant that can be switched on and off. */
export type LegendEntry = Pick<Series, 'variant' | 'label' | 'mark'>;

/** Checkboxes that name the lines of a section's charts and switch them on and off. */
export class Legend {
  readonly shown = new Set<string>();
  readonly #place: HTMLElement;
  readonly #seen = new Set<string>();
  readonly #isDefault: (variant: string) => boolean;
  readonly #onChange: () => void;

  constructor(place: HTMLElement, isDefault: (variant: string) => boolean, onChange: () => void) {
    this.#place = place;
    this.#isDefault = isDefault;
    this.#onChange = onChange;
  }

  /**
   * Offers these variants. A variant that was not offered before is on if it is on by default. All of them are on if otherwise none
   * would be.
   */
  offer(entries: readonly LegendEntry[]): void {
    for (const { variant } of entries) {
      if (!this.#seen.has(variant) && this.#isDefault(variant)) this.shown.add(variant);
      this.#seen.add(variant);
    }
    if (!entries.some(({ variant }) => this.shown.has(variant)))
      for (const { variant } of entries) this.shown.add(variant);
    for (const label of this.#place.querySelectorAll('label')) label.remove();
    this.#place.append(...entries.map((entry) => this.#switch(entry)));
  }

  #switch({ variant, label, mark }: LegendEntry): HTMLElement {
    const box = element('input');
    box.type = 'checkbox';
    box.value = variant;
    box.checked = this.shown.has(variant);
    box.addEventListener('change', () => {
      if (box.checked) this.shown.add(variant);
      else this.shown.delete(variant);
      this.#onChange();
    });
    return element('label', '', box, lineKey(mark), label);
  }
}
