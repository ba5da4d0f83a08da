// What is measured in Node: each loads itself and returns a function from a text to something of its result.

export const peers = {
  async pressmark() {
    const { analyze, init } = await import('../npm/index.js');
    await init();
    return (text) => analyze(text).entities.length;
  },

  // Its whole pipeline for English: tokens, sentences, parts of speech, negation, sentiment, entities.
  async wink() {
    const [{ default: wink }, { default: model }] = await Promise.all([import('wink-nlp'), import('wink-eng-lite-web-model')]);
    const nlp = wink(model);
    return (text) => nlp.readDoc(text).tokens().length();
  },

  // People, places, organisations and quotations: what comes nearest to our own result.
  async compromise() {
    const { default: nlp } = await import('compromise/three');
    return (text) => {
      const document = nlp(text);
      return document.people().length + document.places().length + document.organizations().length + document.quotations().length;
    };
  },
};
