// What was measured, and on what.
import { execFileSync } from 'node:child_process';
import { arch, cpus, loadavg, platform } from 'node:os';

function ask(program, ...args) {
  try {
    return execFileSync(program, args, { encoding: 'utf8', cwd: new URL('.', import.meta.url), stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return '';
  }
}

/** The machine, its software, and how busy it was. */
export function machine() {
  const all = cpus();
  return `${all.length} × ${all[0]?.model.trim() ?? arch()}, ${platform()} ${arch()}, Node ${process.versions.node}, load ${loadavg()[0].toFixed(1)}`;
}

/** The compiler and the commit that was measured. */
export function program() {
  const changed = ask('git', 'status', '--porcelain', '--', '../src', '../npm', '../www', '../Cargo.lock');
  return `${ask('rustc', '--version').split(' (')[0]}, commit ${ask('git', 'rev-parse', '--short', 'HEAD') || 'unknown'}${changed ? ' with changes' : ''}`;
}
