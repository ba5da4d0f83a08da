// Programs that are measured.
import { execFile, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

export const script = (name) => fileURLToPath(new URL(`measure/${name}`, import.meta.url));

/** The output of a program as lines of fields. */
export async function fields(program, args, options = {}) {
  const { stdout } = await run(program, args, { maxBuffer: 1 << 28, ...options });
  return stdout.trim().split('\n').map((line) => line.split('\t'));
}

/** A program that waits for lines and answers each with one. */
export class Asked {
  #child;
  #lines;

  constructor(program, args) {
    this.#child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'] });
    let told = '';
    this.#child.stderr.on('data', (chunk) => (told = (told + chunk).slice(-2000)));
    this.#child.on('error', (error) => (told = error.message));
    this.#child.stdin.on('error', () => {});
    this.told = () => told;
    this.#lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
  }

  /** The fields of the next line it writes. */
  async hear() {
    const { value, done } = await this.#lines.next();
    if (done) throw new Error(this.told().trim().split('\n').at(-1) || 'it ended');
    return value.split('\t');
  }

  ask(line) {
    this.#child.stdin.write(`${line}\n`);
    return this.hear();
  }

  end() {
    this.#child.stdin.end();
    this.#child.kill();
  }
}
