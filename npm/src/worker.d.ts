/**
 * The worker's script, for bundlers that want it as an entry of its own. It listens to messages of an annotator and exports nothing.
 *
 * @module
 */
export {};
