/** A long list fetched a stretch at a time, as it is scrolled to. */
export class Stretches<T> {
  #stretches = $state.raw(new Map<number, T[]>());
  #asked = new Set<number>();
  #era = 0;
  constructor(private readonly ask: (offset: number, limit: number) => Promise<T[]>, private readonly size = 200) {}

  /** Forgets what was fetched; answers still under way are thrown away. */
  clear(): void {
    this.#era += 1;
    this.#asked.clear();
    this.#stretches = new Map();
  }
  /** Takes the first stretch that came with a count. */
  seed(rows: T[]): void {
    this.#asked.add(0);
    this.#stretches = new Map(this.#stretches).set(0, rows);
  }
  at = (index: number): T | undefined => this.#stretches.get(Math.floor(index / this.size))?.[index % this.size];

  /** Fetches what is missing between two rows; a failed stretch may be asked for again. */
  want = (first: number, last: number): void => {
    for (let n = Math.floor(first / this.size); n <= Math.floor(last / this.size); n++) {
      if (this.#asked.has(n)) continue;
      this.#asked.add(n);
      const era = this.#era;
      this.ask(n * this.size, this.size).then(
        (rows) => {
          if (era === this.#era) this.#stretches = new Map(this.#stretches).set(n, rows);
        },
        () => {
          if (era === this.#era) this.#asked.delete(n);
        },
      );
    }
  };
}
