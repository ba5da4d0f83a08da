// The annotation as JSON, as `annotation.schema.json` describes it.

export function toJSON(text, annotation, { includeText = true, indent = 2 } = {}) {
  return JSON.stringify(includeText ? { ...annotation, text } : annotation, undefined, indent);
}
