import { findLeaks } from '../../client/src/audit/audit';
import type { Exposed, Leak, SealedMarker } from '../../client/src/audit/audit';

/** Something that grows and is seen by organisations that may not read everything. */
export interface Growing {
  readonly name: string;
  readonly length: number;
  /** What came from this position on. */
  from(position: number): Iterable<Exposed>;
}

/** Looks for sealed values again and again in what grows; where it looked for a value once it does not look for it again. */
export class LeakSearch {
  /** How far each place was searched, and for how many markers. */
  readonly #searched = new Map<string, { readonly position: number; readonly markers: number }>();

  search(markers: readonly SealedMarker[], places: readonly Growing[]): Leak[] {
    return places.flatMap((place) => {
      const before = this.#searched.get(place.name) ?? { position: 0, markers: 0 };
      this.#searched.set(place.name, { position: place.length, markers: markers.length });
      const added = markers.slice(before.markers);
      return [...(added.length === 0 ? [] : findLeaks(added, place.from(0))), ...findLeaks(markers.slice(0, before.markers), place.from(before.position))];
    });
  }
}
