"""English documents through Presidio's analyzer, for comparison with Migaki's personal-data pass:

    OMP_NUM_THREADS=1 presidio_speed.py SPACY_MODEL DOCUMENTS [WORKERS]

DOCUMENTS is a JSONL file (its "answer" fields) or a directory of texts, of which those without kana are taken.
AnalyzerEngine with its default English recognisers and the given spaCy model; one document at a time, as its
server does; each worker is a process of its own. The second pass counts.
"""
import glob, json, multiprocessing, os, platform, re, sys, time
from importlib.metadata import version


def documents(path):
    if os.path.isdir(path):
        texts = [open(f, encoding='utf-8').read() for f in sorted(glob.glob(f'{path}/*.txt'))]
        return [t for t in texts if not re.search('[\u3041-\u30ff]', t)]
    return [json.loads(line)['answer'] for line in open(path, encoding='utf-8')]


def work(job):
    model, texts = job
    from presidio_analyzer import AnalyzerEngine
    from presidio_analyzer.nlp_engine import NlpEngineProvider
    engine = NlpEngineProvider(nlp_configuration={
        'nlp_engine_name': 'spacy', 'models': [{'lang_code': 'en', 'model_name': model}]}).create_engine()
    analyzer = AnalyzerEngine(nlp_engine=engine, supported_languages=['en'])
    for passed in range(2):
        wall, cpu = time.time(), time.process_time()
        found = sum(len(analyzer.analyze(text=text, language='en')) for text in texts)
    return time.time() - wall, time.process_time() - cpu, found


if __name__ == '__main__':
    model, path = sys.argv[1:3]
    workers = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    texts = documents(path)
    size = sum(len(t.encode()) for t in texts) / 1e6
    with multiprocessing.get_context('spawn').Pool(workers) as pool:
        results = pool.map(work, [(model, texts[i::workers]) for i in range(workers)], chunksize=1)
    wall, cpu, found = max(r[0] for r in results), sum(r[1] for r in results), sum(r[2] for r in results)
    print(f"presidio-analyzer {version('presidio-analyzer')}, spacy {version('spacy')}, {model} {version(model)},"
          f" Python {platform.python_version()}")
    print(f'{len(texts)} documents, {size:.3f} MB, {workers} workers: {wall:.1f} s, {len(texts) / wall:.1f} documents/s,'
          f' {size / cpu:.4f} MB/s of one core, {found} findings')
