package dev.stile.local;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;

/// One run of one function with the calls that it made, as they were. What of them may be seen is
/// decided where they are shown.
final class Invocation implements AutoCloseable {
  private static final int MAX_CALLS = 100;

  private final Traces traces;
  private final String function;
  private final Occasion occasion;
  private final Instant at;
  private final long started = System.nanoTime();
  private final List<Call> calls = new ArrayList<>();
  private String outcome = "failed";

  Invocation(Traces traces, String function, Occasion occasion, Instant at) {
    this.traces = traces;
    this.function = function;
    this.occasion = occasion;
    this.at = at;
  }

  Occasion occasion() {
    return occasion;
  }

  void add(Call call) {
    if (calls.size() < MAX_CALLS) {
      calls.add(call);
    }
  }

  /// What came of it: `failed` unless something else is said, or the status of an HTTP answer.
  void outcome(String word) {
    outcome = word;
  }

  /// It is over, and is told; a look at the stream that led to nothing is not.
  @Override
  public void close() {
    if (occasion instanceof Occasion.StreamBatch && calls.isEmpty()) {
      traces.end();
      return;
    }
    var took = Duration.ofNanos(System.nanoTime() - started);
    traces.end(number ->
        new Step(number, function, occasion, outcome, new Span(at, took), List.copyOf(calls)));
  }

  /// One call of the SDK; without an answer it failed.
  record Call(
      String service,
      String operation,
      SdkRequest request,
      @Nullable SdkResponse response,
      @Nullable Throwable failure,
      int attempts,
      Duration took) {}

  /// When it began and how long it took.
  record Span(Instant at, Duration took) {}

  /// An invocation that is over.
  record Step(
      long number, String function, Occasion occasion, String outcome, Span span, List<Call> calls)
      implements Feed.Entry {
    @Override
    public Map<String, Object> view() {
      Map<String, Object> view = new LinkedHashMap<>();
      view.put("id", "stp_" + number);
      view.put("traces", occasion.traces());
      view.put("function", function);
      view.put("occasion", occasion.view());
      view.put("outcome", outcome);
      view.put("at", span.at());
      view.put("ms", span.took().toMillis());
      view.put("calls", calls.stream().map(CallView::of).toList());
      return view;
    }
  }
}
