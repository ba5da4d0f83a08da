# python turns.py TEXTS.jsonl
# The same as turns.mjs for spaCy's small model, whole pipeline, on one thread.
import json
import os
import sys
import time

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS"):
    os.environ[variable] = "1"
import spacy  # noqa: E402

texts = [json.loads(line)["text"] for line in open(sys.argv[1], encoding="utf-8")]
installed = spacy.util.get_installed_models()
nlp = spacy.load(next(name for name in installed if name.startswith("en_core_web_sm")))
print("ready", "", "", spacy.__version__, sep="\t", flush=True)
for line in sys.stdin:
    size, index = 0, 0
    used, start = time.process_time(), time.perf_counter()
    while size < int(line):
        text = texts[index % len(texts)]
        nlp(text)
        size += len(text.encode())
        index += 1
    print(time.process_time() - used, time.perf_counter() - start, size, sep="\t", flush=True)
