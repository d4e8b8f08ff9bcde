import pc from 'picocolors';

/** Does the steps of a story one after the other, and tells of each with its seconds. */
export class Steps {
  readonly #started = performance.now();
  #done = 0;

  /** Does one; what it returns beside its result is printed as a remark. */
  async do<T>(title: string, step: (remark: (text: string) => void) => Promise<T>): Promise<T> {
    const started = performance.now();
    const remarks: string[] = [];
    try {
      const result = await step(text => remarks.push(text));
      this.#done++;
      this.#tell(pc.green('✓'), title, started, remarks);
      return result;
    } catch (error) {
      this.#tell(pc.red('✗'), title, started, remarks);
      throw error;
    }
  }

  /** One sentence on all of it. */
  get summary(): string {
    return `${this.#done} steps in ${seconds(this.#started)} s`;
  }

  #tell(mark: string, title: string, started: number, remarks: readonly string[]): void {
    const lines = remarks.map(remark => `\n            ${pc.dim(remark)}`);
    process.stdout.write(`${mark} ${seconds(started).padStart(7)} s  ${title}${lines.join('')}\n`);
  }
}

function seconds(since: number): string {
  return ((performance.now() - since) / 1_000).toFixed(1);
}
