// What can go wrong. `instanceof` and `code` both tell; the code also survives the way out of a worker.

export class PressmarkError extends Error {
  constructor(code, message, { hint, cause } = {}) {
    super(hint ? `${message} (${hint})` : message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.hint = hint;
  }
  get name() {
    return this.constructor.errorName;
  }
  static errorName = 'PressmarkError';
}

export class LoadError extends PressmarkError {
  static errorName = 'LoadError';
}

export class NotInitializedError extends PressmarkError {
  static errorName = 'NotInitializedError';
  constructor() {
    super('not-initialized', 'the recogniser is not loaded yet: await init() first');
  }
}

export class TextTooLongError extends PressmarkError {
  static errorName = 'TextTooLongError';
  constructor(message, { length, maximum }) {
    super('text-too-long', message);
    this.length = length;
    this.maximum = maximum;
  }
}

export class InvalidOptionError extends PressmarkError {
  static errorName = 'InvalidOptionError';
  constructor(message) {
    super('invalid-option', message);
  }
}

export class InternalError extends PressmarkError {
  static errorName = 'InternalError';
  constructor(cause) {
    super('internal', `the recogniser stopped: ${cause?.message ?? cause}`, {
      hint: 'it was started afresh, so other texts can be analysed; please report the text that did it',
      cause,
    });
  }
}

export class WorkerError extends PressmarkError {
  static errorName = 'WorkerError';
  constructor(message, options) {
    super('worker-failed', message, options);
  }
}

export class ClosedError extends PressmarkError {
  static errorName = 'ClosedError';
  constructor() {
    super('closed', 'the annotator was closed');
  }
}

/** A thrown value as plain data that a message port carries. */
export function errorToData(error) {
  return {
    code: error?.code,
    message: String(error?.message ?? error),
    hint: error?.hint,
    length: error?.length,
    maximum: error?.maximum,
  };
}

/** The inverse of {@link errorToData}; also reads what the wasm throws. */
export function errorFromData(data) {
  const { code, message, hint } = data;
  // The hint is part of the message already.
  const error = (() => {
    switch (code) {
      case 'text-too-long':
        return new TextTooLongError(message, data);
      case 'invalid-option':
        return new InvalidOptionError(message);
      case 'load-failed':
      case 'csp-blocked':
        return new LoadError(code, message);
      case 'not-initialized':
        return new NotInitializedError();
      case 'internal':
        return Object.assign(new InternalError(), { message });
      default:
        return new WorkerError(message);
    }
  })();
  if (hint !== undefined) error.hint = hint;
  return error;
}
