// Which rows of a long table are seen, and where they stand: rows are equally high, and there may be a million of them.

/** Higher elements are cut off by web views (at 33.5 million pixels), and lose half pixels long before. */
export const HIGHEST = 15_000_000;
/** Rows drawn above and below those that are seen. */
const BESIDE = 10;

/** A long table as it is scrolled now. */
export class RowsSeen {
  /** As high as the scrolled element is. */
  readonly high: number;
  readonly first: number;
  /** The last one, or one less than `first` where there are none. */
  readonly last: number;
  /** How far into the rows the upper edge is. */
  readonly #offset: number;

  constructor(
    readonly count: number,
    /** Pixels of a row. */
    readonly each: number,
    /** Pixels of the part that is seen. */
    readonly view: number,
    readonly scrolled: number,
  ) {
    const all = count * each;
    this.high = Math.min(all, HIGHEST);
    this.#offset = all === this.high ? scrolled : scrolled * this.#stretch();
    this.first = Math.max(0, Math.floor(this.#offset / each) - BESIDE);
    this.last = Math.min(count - 1, Math.ceil((this.#offset + view) / each) + BESIDE);
  }

  /** Where a row stands in the scrolled element. */
  top(index: number): number {
    return Math.round(index * this.each - this.#offset + this.scrolled);
  }

  /** How far to scroll for a row to be seen whole; as far as now where it is. */
  scrollTo(index: number): number {
    const [above, below] = [index * this.each, (index + 1) * this.each - this.view];
    if (above >= this.#offset && below <= this.#offset) return this.scrolled;
    const offset = above < this.#offset ? above : below;
    return this.count * this.each === this.high ? offset : offset / this.#stretch();
  }

  /** How many pixels of rows pass for one that is scrolled. */
  #stretch(): number {
    return (this.count * this.each - this.view) / Math.max(1, this.high - this.view);
  }
}
