// Middle and spread of a few measurements, and how numbers are written.

export function middle(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

/** Three significant digits, thousands apart. */
export function short(value) {
  if (!Number.isFinite(value)) return '–';
  if (value === 0) return '0';
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))));
  return value.toLocaleString('en-GB', { minimumFractionDigits: Math.min(digits, 3), maximumFractionDigits: Math.min(digits, 3) });
}

/** The middle with the least and the greatest in brackets. */
export const spread = (values, write = short) => `${write(middle(values))} (${write(Math.min(...values))}–${write(Math.max(...values))})`;

export const megabytes = (bytes) => `${short(bytes / 1e6)} MB`;

export const percent = (share) => `${(share * 100).toFixed(1)} %`;

/** A table in Markdown: the first column to the left, the others to the right, padded to be read as it is. */
export function table(head, rows) {
  const all = [head, ...rows].map((row) => row.map(String));
  const widths = head.map((_, column) => Math.max(4, ...all.map((row) => [...row[column]].length)));
  const pad = (cell, column) => (column ? ' '.repeat(widths[column] - [...cell].length) + cell : cell + ' '.repeat(widths[column] - [...cell].length));
  const lines = all.map((row) => `| ${row.map(pad).join(' | ')} |`);
  lines.splice(1, 0, `|${widths.map((width, column) => (column ? `${'-'.repeat(width + 1)}:` : '-'.repeat(width + 2))).join('|')}|`);
  return `${lines.join('\n')}\n`;
}
