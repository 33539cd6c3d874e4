// Decoding speed of llama.cpp, the same measure as DecodeBenchmark's `speed`: prompts of 64 tokens,
// 64 new tokens, greedy; shortest of 5 times, that of prompts and first tokens taken off.
//
// usage: llama_decode MODEL.gguf LIBRARIES check              greedy continuation of the ids 300..363
//        llama_decode MODEL.gguf LIBRARIES THREADS [TOKENS]   tokens a second for batches of 1 and 8
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <random>
#include <stdexcept>
#include <vector>

#include "ggml-backend.h"
#include "llama.h"

static const int PROMPT = 64;

struct Decoder {
  llama_context *context;
  int vocabulary;
  llama_batch batch = llama_batch_init(512, 0, 1);

  void put(llama_token token, int position, int row, bool scored) {
    int at = batch.n_tokens++;
    batch.token[at] = token;
    batch.pos[at] = position;
    batch.n_seq_id[at] = 1;
    batch.seq_id[at][0] = row;
    batch.logits[at] = scored;
  }

  void decode() {
    if (llama_decode(context, batch) != 0) throw std::runtime_error("llama_decode failed");
  }

  llama_token best(int at) {
    const float *scores = llama_get_logits_ith(context, at);
    return std::max_element(scores, scores + vocabulary) - scores;
  }

  /** Rows of new tokens, `tokens` each. */
  std::vector<std::vector<llama_token>> run(const std::vector<std::vector<llama_token>> &prompts,
                                            int tokens) {
    llama_memory_clear(llama_get_memory(context), true);
    int rows = prompts.size();
    batch.n_tokens = 0;
    for (int row = 0; row < rows; row++)
      for (int i = 0; i < PROMPT; i++) put(prompts[row][i], i, row, i == PROMPT - 1);
    decode();
    std::vector<std::vector<llama_token>> made(rows);
    for (int row = 0; row < rows; row++) made[row].push_back(best((row + 1) * PROMPT - 1));
    for (int step = 1; step < tokens; step++) {
      batch.n_tokens = 0;
      for (int row = 0; row < rows; row++) put(made[row].back(), PROMPT + step - 1, row, true);
      decode();
      for (int row = 0; row < rows; row++) made[row].push_back(best(row));
    }
    return made;
  }
};

/** Shortest times, by the clock and of the processor. */
struct Seconds {
  double wall = 1e9, processor = 1e9;

  void shorten(Seconds other) {
    wall = std::min(wall, other.wall);
    processor = std::min(processor, other.processor);
  }
};

static Seconds spent(Decoder &decoder, const std::vector<std::vector<llama_token>> &prompts,
                     int tokens) {
  std::clock_t processor = std::clock();
  auto started = std::chrono::steady_clock::now();
  decoder.run(prompts, tokens);
  return {std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count(),
          double(std::clock() - processor) / CLOCKS_PER_SEC};
}

int main(int count, char **arguments) {
  if (count < 4) return 2;
  bool check = !std::strcmp(arguments[3], "check");
  int threads = check ? 1 : std::atoi(arguments[3]);
  int tokens = count > 4 ? std::atoi(arguments[4]) : 64;
  if (!std::getenv("LLAMA_LOG")) llama_log_set([](ggml_log_level, const char *, void *) {}, nullptr);
  ggml_backend_load_all_from_path(arguments[2]);
  llama_model *model = llama_model_load_from_file(arguments[1], llama_model_default_params());
  if (!model) throw std::runtime_error("the model does not load");
  llama_context_params parameters = llama_context_default_params();
  parameters.n_ctx = 8 * (PROMPT + tokens);
  parameters.n_batch = parameters.n_ubatch = 512;
  parameters.n_seq_max = 8;
  parameters.n_threads = parameters.n_threads_batch = threads;
  Decoder decoder{llama_init_from_model(model, parameters),
                  llama_vocab_n_tokens(llama_model_get_vocab(model))};
  if (!decoder.context) throw std::runtime_error("no context");
  if (check) {
    std::vector<std::vector<llama_token>> prompt(1);
    for (int i = 0; i < PROMPT; i++) prompt[0].push_back(300 + i);
    auto made = decoder.run(prompt, 16);
    std::printf("llama.cpp:");
    for (llama_token token : made[0]) std::printf(" %d", token);
    std::printf("\n");
    return 0;
  }
  std::printf("%s\n", llama_print_system_info());
  std::mt19937 random(1);
  for (int rows : {1, 8}) {
    std::vector<std::vector<llama_token>> prompts(rows);
    for (auto &prompt : prompts)
      for (int i = 0; i < PROMPT; i++) prompt.push_back(300 + random() % (decoder.vocabulary - 300));
    Seconds first, all;
    for (int repeat = 0; repeat < 5; repeat++) {
      first.shorten(spent(decoder, prompts, 1));
      all.shorten(spent(decoder, prompts, tokens));
    }
    double made = rows * (tokens - 1);
    std::printf("llama.cpp batch %d: %.1f tokens/s, %.1f by processor time\n", rows,
                made / (all.wall - first.wall), made / (all.processor - first.processor));
    std::fflush(stdout);
  }
}
